"""Text that was broken before it was saved: read in one encoding where it was written in another."""

import re
from collections.abc import Iterator

from kawaraban.checking.letters import LATER, ODD, letters
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.reading.likely import bits

FINDER = re.compile(ODD["mojibake"])
KANA = re.compile(r"[ぁ-んァ-ヺー]")
JAPANESE = re.compile(r"[ぁ-んァ-ヺー一-鿿]")
# where a letter is gone for good
GONE = re.compile("[\ufffd\x80-\x84\x86-\x9f]|[縺繧繝][^れ].*[縺繧繝]", re.DOTALL)
# UTF-8 read as Windows-1252, and as CP932: the letters in a row
WINDOWS = re.compile(rf"[ÂÃÅâãäåæçèéïð][À-ÿ{LATER}]+")
BEYOND = re.compile(r"[^\x00-\x7f]+")
# in which a whole cell was read -> in which it was written
WHOLE = (("cp1252", "cp932"), ("cp1252", "euc_jp"), ("mac_roman", "utf-8"), ("mac_roman", "cp932"))
DOUBT = 10.0  # bits by which it must be likelier


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give every name and cell with broken text, and the text as it was where that can be read back."""
    for column, name in enumerate(sheet.names):
        if FINDER.search(name):
            yield from _finding(None, column, name)
        if "mojibake" in letters(sheet, column).odd:
            for row, text in sheet.cells(column, ODD["mojibake"]):
                yield from _finding(row, column, text)


def _finding(row: int | None, column: int, text: str) -> Iterator[Finding]:
    plain = mend(text)
    gone = GONE.search(plain) is not None or (plain != text and FINDER.search(plain) is not None)
    if gone or plain != text:
        yield Finding(row, column, text, None if gone else plain)


def mend(text: str) -> str:
    """Give text as it was written, where reading it back makes it likelier."""
    plain = WINDOWS.sub(lambda found: _reread(found[0], "cp1252", "utf-8") or found[0], text)
    plain = BEYOND.sub(lambda found: _japanese(found[0]), plain)
    whole = [_reread(text, wrong, right) for wrong, right in WHOLE]
    sure = [each for each in whole if len(JAPANESE.findall(each)) > 1 and bits(each) + DOUBT < bits(text)]
    return min([text, plain, *sure], key=bits)


def _japanese(run: str) -> str:
    """Give letters in a row as they were written in UTF-8 or EUC-JP, and read as CP932."""
    read = _reread(run, "cp932", "utf-8")
    if JAPANESE.search(read):
        return read
    if re.search("[､･][ｦ-ﾟ]", run):
        read = _reread(run, "cp932", "euc_jp")
        if len(KANA.findall(read)) > max(1, len(read) / 2):
            return read
    return run


def _reread(text: str, wrong: str, right: str) -> str:
    """Give text read in the `right` encoding instead of the `wrong` one; empty where its bytes are not that."""
    try:
        # Windows-1252 leaves five bytes without a letter, and programs read them as controls
        codes = (
            bytes([ord(letter)]) if wrong == "cp1252" and "\x7f" < letter < "\xa0" else letter.encode(wrong)
            for letter in text
        )
        return b"".join(codes).decode(right)
    except UnicodeError:
        return ""


SIGN = Sign("mojibake", "warning", look)

TEXT = "図書館,データ\n"
RIGHT = [
    Example("名称,備考\n本館,縺れた糸\n分館,ƒ3.5\n別館,本当ですか?はい\n"),
    Example("名称,備考\n本館･･･,休館････\n"),
    Example("名称,備考\nﾔﾏﾀﾞ･ﾀﾛｳ･ﾊﾅｺ,«été»\nÅland,São João\n譲ｱ,､ﾊﾟﾝ､ﾊﾟﾝ\n"),
    Example("nom,note\nl’été,“États”\nd’âge – à l’île,5 €–10 €\n„Über“,„Ärzte“ ‘òpera’ •École\n"),
    Example("名称,備考\n¥100～¥200,¤1¤2\n本館,“館”‘本’–別—館\n"),
]
WRONG = [
    Example("名称,備考\n" + TEXT.encode().decode("cp932", "replace"), (("A2", "図書館"), ("B2", None))),
    Example("名称,備考\n" + TEXT.encode().decode("cp1252", "replace"), (("A2", "図書館"), ("B2", "データ"))),
    Example("名称,備考\n" + TEXT.encode("cp932").decode("latin-1"), (("A2", "図書館"), ("B2", "データ"))),
    Example("名称,備考\n" + TEXT.encode("euc_jp").decode("cp932", "replace"), (("B2", "データ"),)),
    Example("名称,備考\n" + "市民課,髙橋\n".encode("cp932").decode("cp1252"), (("A2", "市民課"), ("B2", "髙橋"))),
    Example(
        "名称,備考\n" + "あゆみ,タイル\n".encode("euc_jp").decode("latin-1"), (("A2", "あゆみ"), ("B2", "タイル"))
    ),
    Example("名称,備考\n" + "ひがし,データ集\n".encode().decode("mac_roman"), (("A2", "ひがし"), ("B2", "データ集"))),
    Example("名称,備考\n" + "潮見1丁目,本館\n".encode().decode("cp932", "ignore"), (("A2", None), ("B2", "本館"))),
    Example("名称,備考\n" + TEXT.encode("cp932").decode("utf-8", "replace"), (("A2", None), ("B2", None))),
    Example("Ã©té,備考\n本館,Itâ€™s\n", (("A1", "été"), ("B2", "It’s"))),
]
