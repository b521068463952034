"""What a process has loaded for good is not searched for garbage again and again: a full search of it takes a tenth of
a second and more, in the middle of whatever somebody asked for.
"""

import gc


def settle() -> None:
    """Called once all is loaded, and again after something large was: Ibis waits until figures are asked for."""
    gc.collect()
    gc.freeze()
