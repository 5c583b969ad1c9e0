"""The workflows keep the promises of SECURITY.md."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
GITHUB = ROOT / ".github"
WORKFLOWS = sorted([*(GITHUB / "workflows").glob("*.yml"), *(GITHUB / "workflows").glob("*.yaml")])
each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def audit(path: Path) -> list[dict[str, Any]]:
    """Give the findings of zizmor in one file.

    Raises AssertionError when zizmor has not audited the file. Its exit status alone does not tell: a file
    that it cannot parse is left out with a warning, and what is left out has no findings.
    """
    env = {name: value for name, value in os.environ.items() if not name.startswith(("ZIZMOR_", "RUST_"))}
    env.pop("GH_TOKEN", None)
    env.pop("GITHUB_TOKEN", None)
    zizmor = Path(sys.executable).parent / "zizmor"
    fixed = ["--offline", "--no-config", "--no-ignores", "--strict-collection", "--no-progress"]
    run = subprocess.run(
        [str(zizmor), *fixed, "--color", "never", "--format", "json", path.name],
        cwd=path.parent,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    audited = re.findall(r"completed (\S+)$", run.stderr, re.MULTILINE)
    assert [Path(name).name for name in audited] == [path.name], f"{path.name} was not audited: {run.stderr}"
    findings: list[dict[str, Any]] = json.loads(run.stdout)
    assert (run.returncode == 0) == (not findings), f"exit status {run.returncode}: {run.stderr}"
    return findings


@pytest.mark.parametrize("path", [*WORKFLOWS, GITHUB / "dependabot.yml"], ids=lambda path: path.name)
def test_zizmor_finds_nothing(path: Path) -> None:
    assert [finding["ident"] for finding in audit(path)] == []


def write_workflow(folder: Path, text: str) -> Path:
    path = folder / ".github" / "workflows" / "example.yml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_audit_sees_a_template_injection(tmp_path: Path) -> None:
    path = write_workflow(
        tmp_path,
        "on: pull_request\npermissions: {}\njobs:\n  greet:\n    runs-on: ubuntu-24.04\n    steps:\n"
        "      - run: echo ${{ github.event.pull_request.title }}\n",
    )
    assert "template-injection" in {finding["ident"] for finding in audit(path)}


@pytest.mark.parametrize(
    "text",
    ["on: [pull_request\njobs: {}\n", "on: pull_request\njobs:\n  greet:\n    runs-on: 1\n    stepz: 2\n"],
    ids=["broken YAML", "not a workflow"],
)
def test_the_audit_refuses_what_it_cannot_read(tmp_path: Path, text: str) -> None:
    with pytest.raises(AssertionError, match="was not audited"):
        audit(write_workflow(tmp_path, text))


def load(path: Path) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def triggers(path: Path) -> dict[str, Any]:
    """Give the events that start a workflow, with what narrows them."""
    workflow = load(path)
    on = workflow["on"] if "on" in workflow else workflow[True]  # YAML 1.1 takes a bare `on` for true
    return on if isinstance(on, dict) else dict.fromkeys([on] if isinstance(on, str) else on)


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = load(path)["jobs"]
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(path).values() for step in job.get("steps", [])]


def uses(path: Path) -> list[str]:
    called = [job["uses"] for job in jobs(path).values() if "uses" in job]
    return called + [step["uses"] for step in steps(path) if "uses" in step]


def test_the_expected_workflows_exist() -> None:
    assert {"deploy.yml", "test.yml", "validate.yml"} <= {path.name for path in WORKFLOWS}


@each_workflow
def test_actions_are_pinned_by_commit(path: Path) -> None:
    called = uses(path)
    assert called
    for action in called:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action), action
        assert not action.endswith("0" * 40), f"{action} is a placeholder"


@each_workflow
def test_each_pin_names_its_version(path: Path) -> None:
    lines = re.findall(r"^ *(?:- )?uses:.*$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == len(uses(path))
    for line in lines:  # Dependabot reads the comment and renews it
        assert re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_one_action_has_one_version() -> None:
    pins = {action for path in WORKFLOWS for action in uses(path)}
    assert len(pins) == len({action.partition("@")[0] for action in pins}), sorted(pins)


@each_workflow
def test_no_trigger_gives_a_pull_request_power(path: Path) -> None:
    assert triggers(path)
    assert not set(triggers(path)) & {"pull_request_target", "workflow_run", "issue_comment"}


@each_workflow
def test_checkouts_leave_no_credentials(path: Path) -> None:
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@each_workflow
def test_each_job_has_a_time_limit(path: Path) -> None:
    for name, job in jobs(path).items():
        assert 0 < job["timeout-minutes"] <= 60, name


@each_workflow
def test_commands_hold_no_expression(path: Path) -> None:
    for step in steps(path):
        assert "${{" not in step.get("run", ""), step.get("name")


@each_workflow
def test_permissions_are_given_job_by_job(path: Path) -> None:
    assert load(path)["permissions"] == {}
    may_write = {"deploy.yml": {"deploy": {"pages": "write", "id-token": "write"}}}
    for name, job in jobs(path).items():
        assert job["permissions"] == may_write.get(path.name, {}).get(name, {"contents": "read"})


@each_workflow
def test_no_workflow_reads_a_secret(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\bsecrets\.|\bgithub\.token\b|secrets: inherit", text)


def test_only_main_is_published() -> None:
    path = GITHUB / "workflows" / "deploy.yml"
    workflow = load(path)
    assert triggers(path) == {"push": {"branches": ["main"]}, "workflow_dispatch": None}
    assert jobs(path)["build"]["if"] == "github.ref == 'refs/heads/main'"
    assert jobs(path)["deploy"]["needs"] == "build"
    assert jobs(path)["deploy"]["environment"]["name"] == "github-pages"
    assert workflow["concurrency"] == {"group": "pages", "cancel-in-progress": False}


def test_the_pull_request_is_data_and_the_tool_is_the_base() -> None:
    path = GITHUB / "workflows" / "validate.yml"
    checkouts = [step["with"] for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert [(given["path"], given.get("ref")) for given in checkouts] == [
        ("base", "${{ github.event.pull_request.base.sha }}"),
        ("head", None),
    ]
    lines = [line for step in steps(path) for line in step.get("run", "").splitlines() if "head" in line]
    commands = [line.strip() for line in lines if not re.search(r"\bhead -c|heading", line)]
    assert len(commands) == 1  # nothing but the check touches the pull request's files
    assert commands[0].startswith("base-venv/bin/kawaraban --root head validate --format text")


def show_report(tmp_path: Path, report: bytes, status: int) -> tuple[int, str, str]:
    """Run the step of validate.yml with a tool that prints `report`; give exit status, log and summary."""
    step = next(step for step in steps(GITHUB / "workflows" / "validate.yml") if step.get("id") == "validate")
    tool = tmp_path / "base-venv" / "bin" / "kawaraban"
    tool.parent.mkdir(parents=True)
    (tmp_path / "prepared.txt").write_bytes(report)
    tool.write_text(f"#!/bin/sh\ncat '{tmp_path}/prepared.txt'\nexit {status}\n", encoding="utf-8")
    tool.chmod(0o755)
    summary = tmp_path / "summary.md"
    env = {"PATH": os.environ["PATH"], "RUNNER_TEMP": str(tmp_path), "GITHUB_STEP_SUMMARY": str(summary)}
    run = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert run.stderr == b""
    return run.returncode, run.stdout.decode("utf-8", "replace"), summary.read_bytes().decode("utf-8")


@pytest.mark.parametrize("status", [0, 1, 2, 124])
def test_the_verdict_of_the_tool_decides(tmp_path: Path, status: int) -> None:
    code, log, summary = show_report(tmp_path, "避難場所一覧.xlsx B7\n".encode(), status)
    assert code == status
    assert "避難場所一覧.xlsx B7" in log
    assert "避難場所一覧.xlsx B7" in summary
    assert ("no problems" in summary) == (status == 0)


def test_a_hostile_report_commands_nothing(tmp_path: Path) -> None:
    hostile = (
        b"::error::pwn\n::stop-commands::x\n::x::\n##[add-mask]a\n"
        b"\x1b[31m\r::warning::pwn\n```\n~~~\n<img src=x onerror=alert(1)> @everyone\n"
        b"\xff\xfe\x00\n````\n::notice::end"
    )
    code, log, summary = show_report(tmp_path, hostile, 1)
    assert code == 1
    lines = log.splitlines()
    token = lines[0].removeprefix("::stop-commands::")
    assert re.fullmatch(r"[0-9a-f]{64}", token)
    assert lines.index(f"::{token}::") == len(lines) - 1  # all the rest comes before the end of the silence
    assert "::error::pwn" in lines
    fences = [line for line in summary.splitlines() if line.lstrip().startswith("```")]
    assert fences == ["```text", "```"]
    assert summary.endswith("::notice::end\n```\n")  # a byte that is not UTF-8 does not end the report
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", summary)


def test_each_report_has_its_own_token(tmp_path: Path) -> None:
    logs = [show_report(tmp_path / name, b"", 0)[1] for name in ("first", "second")]
    assert len({log.splitlines()[0] for log in logs}) == 2


@pytest.mark.parametrize("unit", ["`", "県"], ids=["backticks", "cut inside a character"])
def test_a_long_report_is_cut_and_says_so(tmp_path: Path, unit: str) -> None:
    report = ("x" + unit * 5_000_000).encode()
    code, log, summary = show_report(tmp_path, report, 1)
    assert code == 1
    assert len(summary.encode()) < 2**20
    assert len(log.encode()) < 5_000_000
    assert f"The report is {len(report)} bytes long" in log
    assert "The report is cut here" in summary
    assert summary.count("```") == 2
