"""Every feature file of this folder, run."""

import pytest
from pytest_bdd import scenarios

pytest_plugins = ("tests.scenarios.steps",)
pytestmark = pytest.mark.django_db
scenarios(".")
