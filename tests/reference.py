"""Makes the manual's page of each kind of problem, and their index. What a page shows was found by looking."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kawaraban.checking.signs import SIGNS
from kawaraban.checking.versions import KINDS as BETWEEN_VERSIONS
from kawaraban.languages import translator
from kawaraban.model import Problem, Verdict
from kawaraban.reporting.names import NAMES, SUBJECTS
from kawaraban.reporting.once import EXPLAINING
from kawaraban.reporting.sayings import SENTENCES
from kawaraban.reporting.sentences import sentence
from kawaraban.reporting.text import text_report
from manual_texts import NOTES, SILENCED, SPARED, WHY
from problem_scenes import RIGHT, scene_of
from scenes import Scene, look_at, of_kind, with_fixes
from shown_files import MASKED, in_markdown, show

say = translator("ja")
UNSEEN = ("blank-header",)  # frictionless has it, but the header is found before frictionless sees a table
OF_NAMES = ("header-spaces", "look-alike-header", "bidi-name", "not-nfc", "invisible")  # nobody types such a name
WORTH = {
    "error": "**エラー**：直すまで、新しいデータは公開されません。",
    "warning": "**注意**：公開は止めません。結果には「（確認）」と付きます。",
}
SHORT = {"error": "**エラー**", "warning": "注意"}
HARMLESS = ("title-rows", "other-sheets")
FEW = 4  # ways to mend that are listed
ANY: defaultdict[str, str] = defaultdict(lambda: "…")


@dataclass(frozen=True)
class Look:
    """What was seen of a kind: its scene, the problems, and what is left where it is right or silenced."""

    kind: str
    scene: Scene
    verdict: Verdict
    found: Sequence[Problem]
    right: Verdict | None
    rule: Mapping[str, str]
    silenced: Verdict | None

    @property
    def severity(self) -> str:
        sign = SIGNS.get(self.kind)
        return sign.severity if sign else self.found[0].severity if self.found else "error"


def look(kind: str, folder: Path) -> Look:
    """Look at the scene of a kind in three ways: as it is, as it should be, and with a reason given."""
    if kind in UNSEEN:
        return Look(kind, Scene({}), Verdict("example", (), 0), [], None, {}, None)
    scene = scene_of(kind)
    verdict = look_at(scene, folder / "wrong")
    found = of_kind(verdict, kind)
    scene = scene if kind in RIGHT else with_fixes(scene, found)
    right = look_at(scene.mended, folder / "right") if scene.right else None
    _, reason = SILENCED.get(kind, ("", ""))
    rule: dict[str, str] = {}
    if reason:
        column = {"column": found[0].label} if found[0].label and kind not in OF_NAMES else {}
        rule = {"problem": kind, **column, "reason": reason}
    silenced = look_at(scene, folder / "silenced", {"silence": [rule]}) if rule else None
    return Look(kind, scene, verdict, found, right, rule, silenced)


def page(seen: Look) -> str:
    """Give the page of a kind."""
    name = say(NAMES[seen.kind])
    parts = [
        f"---\ntitle: {name}\ndescription: 調べたときに出る「{name}」（{seen.kind}）の意味と直し方です。\n---\n",
        f"# {name}\n",
        f"`{seen.kind}` ・ {_worth(seen)}\n",
        f"{WHY.get(seen.kind) or say(SENTENCES[seen.kind][2])}\n",
        *(_example(seen) if seen.found else _unseen(seen.kind)),
        *_silence(seen),
        "---\n",
        "[問題の一覧](index.md)・[誤りを調べる](../checking.md)\n",
    ]
    return "\n".join(parts)


def index(looks: Sequence[Look]) -> str:
    """Give the page that lists all kinds by subject."""
    by_kind = {seen.kind: seen for seen in looks}
    parts = [
        "---\ntitle: 問題の一覧\n"
        "description: 調べたときに知らせる問題の種類です。意味、例、直し方のページがあります。\n---\n",
        "# 問題の一覧\n",
        f"`kawaraban validate` が知らせる問題は、{len(looks)}種類あります。"
        "名前を押すと、意味、例、直し方のページが開きます。使い方は[誤りを調べる](../checking.md)にあります。\n",
        "**エラー**は、直すまで新しいデータが公開されません。"
        "**注意**は、公開を止めません。確かめて、直さなくてよいときは[理由を書きます](../checking.md#silence)。\n",
    ]
    for subject, kinds in SUBJECTS.items():
        parts += [f"## {say(subject)}\n", "| 種類 | 重さと、出る文の例 |", "|---|---|"]
        for kind in kinds:
            seen = by_kind[kind]
            what = sentence(seen.found[0], say)[0] if seen.found else say(SENTENCES[kind][0]).format_map(ANY)
            name = f"[{say(NAMES[kind])}]({kind}.md)<br>`{kind}`"
            parts.append(f"| {name} | {SHORT[seen.severity]}：{in_markdown(what)} |")
        parts.append("")
    return "\n".join(parts)


def _worth(seen: Look) -> str:
    more = "列の `type` にも合わないときは、エラーになります。"
    return WORTH[seen.severity] + (more if seen.kind in EXPLAINING and seen.severity == "warning" else "")


def _report(problems: Sequence[Problem], lang: str) -> str:
    """Give the part of the report that people read, without the last sentence."""
    verdict = Verdict("example", tuple(problems), 0)
    report = text_report([verdict], 0.0, lang)
    return "\n\n".join(report.split("\n\n")[:-1])


def _beside(verdict: Verdict, kind: str) -> str:
    """Give a sentence on what else is found in an example."""
    kinds = dict.fromkeys(each.kind for each in verdict.problems)
    explained = ("type-error",) if kind in EXPLAINING else ()
    links = [f"[{say(NAMES[each])}]({each}.md)" for each in kinds if each not in (kind, *explained)]
    return f"この例では、ほかに{'、'.join(links)}も知らせます。\n" if links else ""


def _example(seen: Look) -> Iterator[str]:
    kind, scene = seen.kind, seen.scene
    yield "## 例\n"
    if kind in NOTES:
        yield f"{NOTES[kind]}\n"
    if kind in MASKED:
        yield "値は「●●●」に置きかえています。\n"
    if scene.before is not None:
        yield "**前の版**\n"
        yield from show({name: body for name, body in scene.before.items() if name.endswith(".csv")}, kind)
        yield "**新しい版**\n"
    yield from show(scene.files, kind, seen.found)
    if scene.town:
        lines = "".join(f"    {key}: {value!r}\n".replace("'", '"') for key, value in scene.town.items())
        yield f"`mkdocs.yml`\n\n```yaml\nextra:\n  town:\n{lines}```\n"
    yield "調べると、こう出ます。\n"
    yield f"```{{ .text .kb-report }}\n{_report(seen.found, 'ja')}\n```\n"
    yield "英語（`kawaraban --lang en validate`）では、こう出ます。\n"
    yield f"```{{ .text .kb-report }}\n{_report(seen.found, 'en')}\n```\n"
    yield _beside(seen.verdict, kind)
    yield from _mending(seen)


def _mending(seen: Look) -> Iterator[str]:
    hints = list(dict.fromkeys(sentence(each, say)[1] for each in seen.found))
    yield "## 直し方\n"
    if len(hints) > 1 and all(each.fix for each in seen.found):
        yield "セルごとに、直した値を示します。そのとおりに書きかえてください。\n"
    else:
        yield "".join(f"- {in_markdown(hint)}。\n" for hint in hints[:FEW])
    if seen.kind in SPARED:
        yield f"{SPARED[seen.kind]}\n"
    elif seen.right is not None:
        yield "次のようになっていれば、知らせません。\n"
        yield from show(seen.scene.right, seen.kind, seen.found, marked=False)
        yield _beside(seen.right, seen.kind)


def _unseen(kind: str) -> Iterator[str]:
    what, hint, _ = SENTENCES[kind]
    yield "## 例\n"
    yield "見出しの行は調べる前に探すので、この文が出ることは、まずありません。文は次のとおりです。\n"
    yield f"```text\n{say(what)}\n  → {say(hint)}\n```\n"
    yield f"```text\n{translator('en')(what)}\n  → {hint}\n```\n"
    yield "## 直し方\n"
    yield f"- {in_markdown(say(hint))}。\n"


def _silence(seen: Look) -> Iterator[str]:
    yield "## 直さなくてよいとき\n"
    if seen.kind not in SIGNS and seen.kind not in BETWEEN_VERSIONS:
        yield "この種類は、説明書の `silence:` に理由を書いても消えません。\n"
        if seen.kind in HARMLESS:
            yield "読み方に問題がなければ、そのままでかまいません。\n"
        return
    when, _ = SILENCED[seen.kind]
    yield f"{when}\n"
    if not seen.rule:
        return
    inner = ", ".join(f"{key}: {value}" for key, value in seen.rule.items())
    yield "説明書に理由を書くと、数えなくなります。\n"
    yield f"```yaml\nkawaraban:\n  silence:\n    - {{{inner}}}\n```\n"
    if seen.silenced and any(each.kind == "type-error" for each in seen.silenced.problems):
        yield "列の `type` に合わないという誤りは残ります。そのまま載せるなら、列を `type: string` にします。\n"
