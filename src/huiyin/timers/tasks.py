"""What the worker does for this room."""

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from huiyin.timers.domain import tick

# A worker that is told to stop waits for its jobs: after a large import the clocks are set in many short runs.
_SECONDS = 15
# A worker says every ten seconds that it lives; one that says nothing for so long is gone, not busy.
_SILENT_SECONDS = 120


@app.periodic(cron="* * * * *")
@app.task(name="timers.tick", queueing_lock="timers.tick", lock="timers.tick")
def run(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """What has passed since, told once; how many notices."""
    return tick(timezone.now(), seconds=_SECONDS).notices


@app.periodic(cron="* * * * *")
@app.task(name="timers.revive", queueing_lock="timers.revive", pass_context=True)
async def revive(context: JobContext, timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """Jobs in which a worker was killed, begun again; how many. Such a job keeps its lock: no clock would run any more.

    What its own timetable asks for again is only put away.
    """
    silent = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_SILENT_SECONDS)
    # Whoever runs this lives, however late its word comes.
    stalled = [job for job in silent if job.worker_id is None or job.worker_id != context.job.worker_id]
    for job in stalled:
        if job.queueing_lock:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        else:
            await app.job_manager.retry_job(job)
    return len(stalled)
