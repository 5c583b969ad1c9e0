"""Which encoding a text file is in: told rightly, long or short, whole or cut; and said where a byte fits nothing."""

import codecs
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kawaraban.cli import main
from kawaraban.errors import KawarabanError
from kawaraban.languages import catalogue
from kawaraban.reading.encoding import CHUNK, REASONS, SAMPLE, detect_encoding, first_wrong_line
from kawaraban.reading.likely import bits, strangeness

SHORT = "名称,電話番号\n潮見公民館,0999-12-3456\n浜町集会所,\n"
LONG = SHORT + "".join(
    f"第{number}集会所,澄浜町大字浜{number % 9}丁目{number}番地 カーブミラー横（土日は閉まります）\n"
    for number in range(4000)
)
KANA = "ｶﾅ,名称\nｼｵﾐｺｳﾐﾝｶﾝ,潮見公民館\nﾊﾏﾁｮｳｼｭｳｶｲｼﾞｮ,浜町集会所\n"
ONLY_KANA = "ﾅﾏｴ,ﾖﾐ\nﾄｼｮｶﾝ,ﾎﾝﾁｮｳ\nﾋﾞｼﾞｭﾂｶﾝ,ﾐﾅﾄ\n"
ADDED = "番号,店名\n①,㈱髙橋商店\n②,山﨑屋\n"
FRENCH = "nom,adresse\nBibliothèque municipale,12 rue de l'Église\nMusée d'été,Châteauneuf\n"
SPANISH = "NOMBRE,DIRECCIÓN\nMUSEO DE ESPAÑA,ÁVILA Nº 3\nESTACIÓN,PEÑÍSCOLA\n"
ONE_ACCENT = "Classement;Année\n3 stars;2013\n"

# EUC-JP and ISO-2022-JP as Windows writes them; Python has no encoder for these letters
ADDED_IN = {
    "①": b"\xad\xa1", "②": b"\xad\xa2", "㈱": b"\xad\xea", "髙": b"\xfc\xe2", "﨑": b"\xf9\xf5",
}  # fmt: skip


def as_windows(text: str, encoding: str) -> bytes:
    """Give a text in EUC-JP or ISO-2022-JP with the added letters."""
    euc = b"".join(ADDED_IN.get(letter) or letter.encode("euc_jp") for letter in text)
    if encoding == "euc_jp":
        return euc
    body, two = b"", False
    for at in euc:
        if (at > 0x7F) != two:
            two = not two
            body += b"\x1b$B" if two else b"\x1b(B"
        body += bytes([at & 0x7F])
    return body


def detected(folder: Path, body: bytes, declared: str | None = None) -> tuple[str, str]:
    file = folder / "a.csv"
    file.write_bytes(body)
    return detect_encoding(file, declared, "a.csv")


def refused(folder: Path, body: bytes, declared: str | None = None) -> KawarabanError:
    with pytest.raises(KawarabanError) as caught:
        detected(folder, body, declared)
    return caught.value


def read(folder: Path, name: str) -> str:
    with (folder / "a.csv").open(encoding=name, newline="") as stream:
        return stream.read()


@pytest.mark.parametrize("size", ["short", "long"])
@pytest.mark.parametrize(
    ("encoding", "answer", "why"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig", "mark"),
        ("cp932", "cp932", ""),
        ("euc_jp", "euc_jp", ""),
        ("iso2022_jp", "iso2022_jp", "iso2022_jp"),
        ("utf-16", "utf-16", "mark"),
        ("utf-16-le", "utf-16-le", ""),
        ("utf-16-be", "utf-16-be", ""),
    ],
)
def test_each_encoding_is_told(tmp_path: Path, encoding: str, answer: str, why: str, size: str) -> None:
    text = {"short": SHORT, "long": LONG}[size]
    assert detected(tmp_path, text.encode(encoding)) == (answer, REASONS[why])
    assert read(tmp_path, answer) == text


@pytest.mark.parametrize(
    ("text", "encoding", "answer"),
    [
        (ADDED, "cp932", "cp932"),
        (KANA, "cp932", "cp932"),
        (KANA, "euc_jp", "euc_jp"),
        (KANA, "iso2022_jp_ext", "iso2022_jp_ext"),
        (ONLY_KANA, "cp932", "cp932"),
        (ONLY_KANA, "euc_jp", "euc_jp"),
        ("氏名\n髙﨑 彌\n纐纈 燁\n", "cp932", "cp932"),
        ("氏名\n彌\n燁\n", "euc_jp", "euc_jp"),
        ("a\nあ\n", "cp932", "cp932"),
        ("a\nあ\n", "euc_jp", "euc_jp"),
        ("施設名,棟\n本館,A\n", "cp932", "cp932"),
        ("種別,値\nＪＲ～バス,－\n", "cp932", "cp932"),
        (FRENCH, "cp1252", "cp1252"),
        (SPANISH, "cp1252", "cp1252"),
        (ONE_ACCENT, "cp1252", "cp1252"),
        ("Straße,N°\nKönigsweg,3\n", "latin-1", "cp1252"),
        ("id,name\n1,©\n", "latin-1", "cp1252"),
        ("CAFÉ,1\n", "latin-1", "cp1252"),
        ("price\n5 €\n", "cp1252", "cp1252"),
        ("id,name\n1,hall\n", "utf-16-le", "utf-16-le"),
        ("id,name\n1,hall\n", "utf-16-be", "utf-16-be"),
        ("id,name\n1,hall\n", "ascii", "utf-8"),
    ],
)
def test_letters_that_mislead_others(tmp_path: Path, text: str, encoding: str, answer: str) -> None:
    assert detected(tmp_path, text.encode(encoding))[0] == answer
    assert read(tmp_path, answer) == text


@pytest.mark.parametrize(("encoding", "answer"), [("euc_jp", "eucjp-ms"), ("iso2022_jp", "cp50221")])
def test_letters_that_windows_added(tmp_path: Path, encoding: str, answer: str) -> None:
    body = as_windows(ADDED, encoding)
    with pytest.raises(UnicodeDecodeError):
        body.decode(encoding)
    assert detected(tmp_path, body)[0] == answer
    assert read(tmp_path, answer) == ADDED
    assert detected(tmp_path, body, declared=encoding)[0] == answer


def test_added_letters_are_read_over_the_edges_of_blocks(tmp_path: Path) -> None:
    """`open` reads in blocks; a letter may lie across two."""
    for shift in range(3):
        text = "a" * shift + "①髙﨑㈱," * 5000
        assert detected(tmp_path, as_windows(text, "euc_jp"))[0] == "eucjp-ms"
        assert read(tmp_path, "eucjp-ms") == text
    # IBM's letters as other systems write them, in three bytes
    assert b"\x8f\xf4\xfb\x8f\xf4\xbd\xb0\xa1\x8f\xf3\xf3".decode("eucjp-ms") == "髙﨑亜ⅰ"
    assert b"\xb0\xa1\xff\xad\xa1".decode("eucjp-ms", "replace") == "亜\ufffd①"
    with pytest.raises(UnicodeDecodeError):
        b"\xad\xff".decode("eucjp-ms")
    with pytest.raises(UnicodeDecodeError):
        b"\xad\xd7".decode("eucjp-ms")  # a place where no letter is


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "utf-16-le", "utf-16-be"])
def test_the_sample_may_end_within_a_letter(tmp_path: Path, encoding: str) -> None:
    for shift in range(4):
        text = "a" * shift + "潮見公民館の会議室," * SAMPLE
        assert detected(tmp_path, text.encode(encoding))[0] == encoding


def test_japanese_far_down_in_a_large_file(tmp_path: Path) -> None:
    for encoding in ("cp932", "euc_jp"):
        text = "id,name\n" + "1,hall\n" * (3 * CHUNK // 7) + "2,潮見公民館\n3,浜町集会所\n"
        assert detected(tmp_path, text.encode(encoding))[0] == encoding


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "cp1252"])
@pytest.mark.parametrize("rows", [10, 40_000])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_header_alone_is_enough(tmp_path: Path, encoding: str, rows: int, end: str) -> None:
    header = "Année,Médecin" if encoding == "cp1252" else "年度,医師数"
    text = header + end + f"2025,12.5{end}" * rows
    assert detected(tmp_path, text.encode(encoding))[0] == encoding
    text = f"2025,12.5{end}" * rows + header  # and at the end, without a line end
    assert detected(tmp_path, text.encode(encoding))[0] == encoding


def test_a_long_line_does_not_hide_the_letters(tmp_path: Path) -> None:
    for encoding in ("cp932", "euc_jp"):
        text = "a" * (2 * SAMPLE) + ",名称\n潮見公民館,1\n"
        assert detected(tmp_path, text.encode(encoding))[0] == encoding
        text = "a" * (5 * CHUNK // 2) + ",潮見公民館の会議室" * 9
        assert detected(tmp_path, text.encode(encoding))[0] == encoding


def test_a_few_wrong_bytes_among_many_digits(tmp_path: Path) -> None:
    """The digits are the same in every encoding: they must not hide that the header is Japanese."""
    body = "年度,医師数,病院名\n".encode("cp932") + b"2025,12.5,1\n" * 1000 + b"2026,1,\x85\x40\n"
    told = refused(tmp_path, body)
    assert (told.values["name"], told.where) == ("CP932 (Shift_JIS)", "a.csv:1002")


@pytest.mark.parametrize(
    "text", ["a,b\n1,\0\n", "名称,値\n本館,\0\0\n", "名称,値\n" + "本館,1\n" * SAMPLE + "別館,\0"]
)
def test_a_zero_byte_is_not_yet_utf_16(tmp_path: Path, text: str) -> None:
    assert detected(tmp_path, text.encode()) == ("utf-8", REASONS["utf-8"])
    if not text.isascii():
        assert detected(tmp_path, text.encode("cp932"))[0] == "cp932"


letters = st.sampled_from(
    "あいうえおかがきくけこさしすせそただちっつてとなにぬのはひふへほまみむもやゆよらりるれろわをんアイカキサシスタトハバフホマミメムラリルレロワンー"
)
kanji = st.one_of(
    st.sampled_from("町村市区名称住所施設公民館図書集会場山川田中本北南東西学校大小"),
    st.integers(0, 2964)
    .map(lambda at: bytes([0xB0 + at // 94, 0xA1 + at % 94]))
    .map(lambda two: two.decode("euc_jp")),
)
cells = st.lists(st.one_of(letters, kanji, st.sampled_from("abcABC0123456789 -")), min_size=1, max_size=12).map(
    "".join
)


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "utf-16", "utf-16-le", "utf-16-be", "iso2022_jp", "utf-8"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    rows=st.lists(st.lists(cells, min_size=2, max_size=4), min_size=2, max_size=8),
    more=st.text(st.one_of(letters, kanji), min_size=12, max_size=30),
)
def test_any_japanese_table_is_told(tmp_path: Path, rows: list[list[str]], more: str, encoding: str) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([*rows, [more, "1"]])
    text = stream.getvalue()
    answer, why = detected(tmp_path, text.encode(encoding))
    assert read(tmp_path, answer) == text
    assert why in REASONS.values()


@pytest.mark.parametrize(
    ("encoding", "called", "wrong"),
    [
        ("cp932", "CP932 (Shift_JIS)", b"\x85\x40"),
        ("euc_jp", "EUC-JP", b"\xa9\xa9"),
        ("utf-8", "UTF-8", b"\xff"),
        ("utf-8-sig", "UTF-8", b"\x93\xfa"),
        ("iso2022_jp", "ISO-2022-JP", b"\x1b$B\x29\x29\x1b(B"),
        ("utf-16-le", "UTF-16", b"\x00\xd8\x41\x00"),
        ("utf-16-be", "UTF-16", b"\xd8\x00\x00\x41"),
    ],
)
def test_a_few_bytes_that_fit_nothing_are_shown(tmp_path: Path, encoding: str, called: str, wrong: bytes) -> None:
    before, after = LONG[: LONG.index("第1999集")], LONG[LONG.index("第1999集") :]
    body = before.encode(encoding) + wrong + after.encode(encoding).removeprefix(codecs.BOM_UTF8)
    told = refused(tmp_path, body)
    assert told.what == "the text is in {name}, but some bytes of this line are not"
    assert told.values["name"] == called
    assert told.where == f"a.csv:{before.count(chr(10)) + 1}"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("nazwa,adres\nBiblioteka główna,ulica Długa\nSzkoła żółta,Łódź śródmieście\n", "cp1250"),
        ("название,адрес\nБиблиотека,улица Ленина\nМузей,проспект Мира\n", "cp1251"),
        ("όνομα,πόλη\nΒιβλιοθήκη,Αθήνα\nΜουσείο,Θεσσαλονίκη\n", "iso8859-7"),
        ("id,name\n1,Λεωνίδας\n2,Αλέξανδρος\n3,Μυρσίνη\n", "iso8859-7"),
        ("名稱,地址\n國家圖書館,台北市中山南路二十號\n", "big5"),
        (FRENCH, "mac_roman"),
    ],
)
def test_what_cannot_be_told_is_not_guessed(tmp_path: Path, text: str, encoding: str) -> None:
    assert refused(tmp_path, text.encode(encoding)).what == "the encoding of the text cannot be told"
    assert detected(tmp_path, text.encode(encoding), declared=encoding) == (encoding, REASONS["declared"])


@pytest.mark.parametrize(
    ("declared", "encoding", "answer"),
    [
        ("Shift_JIS", "cp932", "cp932"),
        ("EUC-JP", "euc_jp", "euc-jp"),
        ("iso-2022-jp", "iso2022_jp", "iso-2022-jp"),
        ("utf-8", "utf-8-sig", "utf-8-sig"),
        ("UTF8", "utf-8", "utf-8"),
        ("utf-16", "utf-16-be", "utf-16-be"),
        ("UTF-16", "utf-16-le", "utf-16-le"),
        ("UTF-16", "utf-16", "utf-16"),
    ],
)
def test_what_is_declared_is_taken(tmp_path: Path, declared: str, encoding: str, answer: str) -> None:
    assert detected(tmp_path, SHORT.encode(encoding), declared) == (answer, REASONS["declared"])
    wrong = b"\x00" if "16" in declared else b"\x85\x40\n"
    assert "as the descriptor says" in refused(tmp_path, b"a,b\n" + wrong, declared).what


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp932", "euc_jp", "utf-8"])
def test_lines_are_counted_as_letters_have_it(tmp_path: Path, encoding: str) -> None:
    """In UTF-16 the letter 上 has a byte that is a line end elsewhere."""
    file = tmp_path / "a.csv"
    body = "上,上\n".encode(encoding) * 5
    file.write_bytes(body if encoding != "utf-16" else "上,上\n".encode("utf-16") + "上,上\n".encode("utf-16-le") * 4)
    assert first_wrong_line(file, encoding) is None
    wrong = {"utf-16": b"\x00\xdcx\x00", "utf-16-le": b"\x00\xdcx\x00"}.get(encoding, b"\xff\x20")
    if encoding != "cp932":
        file.write_bytes(file.read_bytes() + wrong)
        assert first_wrong_line(file, encoding) == 6


def test_reasons_have_their_japanese() -> None:
    assert set(REASONS.values()) <= set(catalogue("ja"))


def test_what_is_likely_weighs_less() -> None:
    text = "名称,住所\n潮見公民館,澄浜町1丁目\n"
    assert bits(text) < bits(text.encode().decode("cp932", "replace"))
    assert bits(text) < bits(text.encode("cp932").decode("cp1252", "replace"))
    assert bits("ﾄｼｮｶﾝ") < bits("ﾞｼｮｶﾝ")
    assert bits("A棟") < bits("a鬲")
    assert strangeness("abc") == 0
    assert strangeness("公民館") < 10 < strangeness("縺ゅ＞縺�")


TABLE = "名称,電話番号,定員\n潮見公民館,0999-12-3456,40\n浜町集会所,0999-12-3457,25\n分館,0999-12-3458\n"


@pytest.mark.parametrize(
    "body",
    [
        TABLE.encode("euc_jp"),
        as_windows(TABLE.replace("浜町", "㈱髙"), "euc_jp"),
        TABLE.encode("iso2022_jp"),
        as_windows(TABLE.replace("浜町", "㈱髙"), "iso2022_jp"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        "Bibliothèque,Téléphone,€\nMusée,0999-12-3456,40\nChâteau,0999-12-3457,25\nForêt,0999-12-3458\n".encode(
            "cp1252"
        ),
    ],
    ids=["euc_jp", "eucjp-ms", "iso2022_jp", "cp50221", "utf-16-le", "utf-16-be", "cp1252"],
)
def test_such_a_file_is_checked_like_any_other(
    body: bytes, make_town: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    town = make_town(
        {
            "datasets/halls/datapackage.yaml": "resources:\n  - path: a.csv\n",
            "datasets/halls/a.csv": body,
        }
    )
    monkeypatch.chdir(town)
    done = CliRunner().invoke(main, ["validate", "--format", "json"])
    (told,) = json.loads(done.stdout)["kawaraban"]["datasets"]
    assert told["rows"] == 3
    assert [(each["kind"], each["address"]) for each in told["problems"]] == [("missing-cell", "C4")]


def test_a_descriptor_may_name_what_python_does_not_know(
    make_town: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    town = make_town(
        {
            "datasets/halls/datapackage.yaml": "resources:\n  - {path: a.csv, encoding: eucjp-ms}\n",
            "datasets/halls/a.csv": as_windows(TABLE, "euc_jp"),
        }
    )
    monkeypatch.chdir(town)
    done = CliRunner().invoke(main, ["validate", "--format", "json"])
    (told,) = json.loads(done.stdout)["kawaraban"]["datasets"]
    assert told["rows"] == 3
