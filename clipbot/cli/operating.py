"""Commands that look after an installation: serve, worker, migrate, doctor, retention, sample."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from clipbot.cli.doors import Doors
from clipbot.cli.output import Answer, public, table

if TYPE_CHECKING:
    from clipbot.services.mending import Fix


def serve(args: Namespace, doors: Doors) -> Answer:
    """Run the page until it is stopped."""
    doors.serve(args.host, args.port)
    return Answer({"stopped": True}, "")


def worker(_: Namespace, doors: Doors) -> Answer:
    """Execute edits until it is stopped."""
    doors.work()
    return Answer({"stopped": True}, "")


def migrate(args: Namespace, doors: Doors) -> Answer:
    """Bring the schema up to date, or say how."""
    statements = list(doors.migrate(args.dry_run))
    document = {"dry_run": args.dry_run, "statements": statements}
    return Answer(document, "\n".join(statements) or "The schema is up to date.")


def doctor(args: Namespace, doors: Doors) -> Answer:
    """Look at every part, mend damaged versions if told to; exit 1 where a part is not well."""
    if args.worker:
        return _beating(doors)
    with doors.open_services() as services:
        fixes = services.doctor.mending.found()
        for fix in fixes if args.fix else ():
            # Before it is done, and apart from the document on standard output.
            print(_fix_line("will" if fix.can_be_mended else "keeps", fix), file=sys.stderr)
        if args.fix:
            fixes = services.doctor.mending.mend(fixes)
        findings = services.doctor.report()
    is_well = all(finding.is_ok for finding in findings)
    lines = [("ok" if each.is_ok else "NOT", each.name, each.detail) for each in findings]
    document = {
        "is_ok": is_well,
        "findings": [public(finding) for finding in findings],
        "versions": [public(fix) for fix in fixes],
    }
    text = "\n".join(
        [table(lines), *(_fix_line("done" if fix.is_done else "", fix) for fix in fixes)]
    )
    return Answer(document, text, status=0 if is_well else 1)


def _fix_line(word: str, fix: "Fix") -> str:
    what = f"job {fix.job_id}, clip {fix.clip_index + 1}: {fix.wrong}; {fix.refusal or fix.will}"
    return f"{word}: {what}" if word else what


def _beating(doors: Doors) -> Answer:
    found = doors.beating()
    lines = [f"{name}: alive {silence:.0f} s ago" for name, silence in found.items()]
    document = {
        "is_ok": bool(found),
        "workers": [
            {"id": name, "silent_seconds": round(silence, 1)} for name, silence in found.items()
        ],
    }
    text = "\n".join(lines) or "No process of this home runs edits."
    return Answer(document, text, status=0 if found else 1)


def sample(args: Namespace, doors: Doors) -> Answer:
    """Put the sample project into the store, or say where it is."""
    with doors.open_services() as services:
        if args.install:
            job_id = services.sample.install(doors.user)
        else:
            job_id = services.jobs.resolve(doors.user, "sample")
    return Answer({"job_id": str(job_id)}, str(job_id))


def retention(args: Namespace, doors: Doors) -> Answer:
    """Look through all footage now, as is done once a day; or say what that would do."""
    with doors.open_services() as services:
        keeper = services.retention
        removals = keeper.foresee() if args.dry_run else keeper.run()
    found = [
        {
            "job_id": str(each.held.job_id),
            "clip": each.held.clip_index + 1,
            "version": each.held.number,
            "to": each.to.value,
            "bytes": each.held.size_bytes,
            "why": each.why,
        }
        for each in removals
    ]
    lines = [
        f"{each['to']}: job {each['job_id']}, clip {each['clip']}, version {each['version']}"
        f" ({each['bytes']} bytes, {each['why']})"
        for each in found
    ]
    text = "\n".join(lines) or "Nothing is to go."
    return Answer({"dry_run": args.dry_run, "removals": found}, text)
