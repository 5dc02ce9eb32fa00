"""Reading: every kind of file, every encoding, and every way to be no report."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhengpu.errors import ReadingError, UsageError
from zhengpu.messages import catalogue, message
from zhengpu.model import Severity
from zhengpu.text import reading
from zhengpu.text.cleaning import check, clean
from zhengpu.text.decoding import decode
from zhengpu.text.pdf_text import Word, columns
from zhengpu.text.reading import CONVERSIONS, SUFFIXES, read, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FILES = Path(__file__).parent / "files"
UTF8 = (FILES / "utf-8.txt").read_text(encoding="utf-8")
TITLE = "中国人民政治协商会议青山县第十届委员会常务委员会工作报告"
PARAGRAPHS = [
    "2023年，县政协坚持以习近平新时代中国特色社会主义思想为指导，全年召开常委会议5次、主席会议12次，形成调研报告26份，提出意见建议71条，得到县委、县政府的充分肯定。",
    "县政协十届三次会议以来，共征集提案163件，经审查立案142件，立案率为87.1%，均已办复；编写出版了《青山文史》第三辑，为推动文化建设发挥了积极作用。",
    "县政协与邻县政协联合开展河流治理调研视察活动，组织委员深入乡镇走访群众，收集社情民意信息318期，为贫困学生、孤寡老人捐款6万余元。",
    "县政协要把牢正确政治方向，科学制定年度协商计划，广泛凝聚共识，不断提高履职能力和水平，为全县高质量发展贡献智慧和力量。",
]


# -- text files ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("utf-8.txt", "utf-8"),
        ("utf-8-bom.txt", "utf-8"),
        ("utf-16.txt", "utf-16-le"),
        ("gb18030.txt", "gb18030"),
    ],
)
def test_four_encodings_give_one_text(name: str, encoding: str) -> None:
    raw = read(FILES / name)
    assert raw.encoding == encoding
    assert raw.text.replace("\r\n", "\n") == UTF8
    assert raw.sha256 == hashlib.sha256((FILES / name).read_bytes()).hexdigest()


def test_line_ends_are_kept_and_the_mark_is_not() -> None:
    text = read(FILES / "utf-8-bom.txt").text
    assert text.count("\r\n") == 2
    assert not text.startswith("\ufeff")


def test_five_characters_of_gbk_are_enough() -> None:
    assert read(FILES / "gbk-short.txt").text == "青山县政协"


def test_big5_is_not_taken_for_gb18030() -> None:
    raw = read(FILES / "big5.txt")
    assert raw.encoding in {"big5", "cp950", "big5hkscs"}
    assert raw.text.startswith("本會期共召開常務委員會議五次")


@pytest.mark.parametrize("name", ["utf-16-be", "utf-32-le", "utf-32-be"])
def test_other_byte_order_marks_are_understood(name: str) -> None:
    marks = {
        "utf-16-be": codecs.BOM_UTF16_BE,
        "utf-32-le": codecs.BOM_UTF32_LE,
        "utf-32-be": codecs.BOM_UTF32_BE,
    }
    assert decode(marks[name] + "县政协\n".encode(name)) == ("县政协\n", name)


def test_ascii_is_utf8() -> None:
    assert decode(b"report\r\n") == ("report\r\n", "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_null_characters_make_no_text_binary(encoding: str) -> None:
    text = f"\x00{UTF8 * 4}\x00"
    assert decode(text.encode(encoding)) == (text, encoding)


def test_a_null_character_is_no_part_of_the_clean_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{UTF8}县\x00政协", encoding="utf-8")
    raw = read(tmp_path / "a.txt")
    assert "县\x00政协" in raw.text
    assert clean(raw).text.rstrip().endswith("县政协")


BAD = {
    "empty.txt": (b"", "empty-file"),
    "blank.txt": (b"\xef\xbb\xbf \r\n\t\n", "empty-file"),
    "ideographic-spaces.txt": ("\u3000\u3000\n".encode(), "empty-file"),
    "binary.txt": (bytes(range(256)) * 4, "binary-file"),
    "nul.txt": (b"abc\x00def", "binary-file"),
    "utf-16-without-mark.txt": ("县政协abc".encode("utf-16-le"), "binary-file"),
    "nul-and-damage.txt": (b"\x89PNG" + b"\xff\xfe" * 200 + b"\x00", "binary-file"),
    "surrogate-8.txt": ("县政协".encode() + b"\xed\xa0\x80", "lone-surrogate"),
    "surrogate-16.txt": (b"\xff\xfe\x00\xd8A\x00", "lone-surrogate"),
    "truncated-16.txt": (b"\xff\xfeA", "undecodable-bytes"),
    "damaged-8.txt": ("县政协全年召开会议".encode() + b"\xff\xfe" + "提案".encode(), "undecodable-bytes"),
    "unknown.txt": (b"\x81\x30\x81\xff\xfe\xfd" * 3, "unknown-encoding"),
    "not.docx": (b"PK\x03\x04 nothing", "docx-damaged"),
    "text.docx": ("县政协".encode(), "docx-damaged"),
    "not.pdf": (b"%PDF-1.4 nothing", "pdf-damaged"),
    "text.pdf": ("县政协".encode(), "pdf-damaged"),
    "empty.pdf": (b"", "pdf-damaged"),
    "empty.html": (b"", "html-damaged"),
    "blank.html": (b"<html><body><p> </p></body></html>", "empty-file"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_says_why(name: str, tmp_path: Path) -> None:
    content, code = BAD[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadingError) as caught:
        read(tmp_path / name, f"folder/{name}")
    assert caught.value.code == code
    assert caught.value.parameters["path"] == f"folder/{name}"
    for language in ("zh", "en"):
        assert message(code, caught.value.parameters, language)


def test_a_zip_that_is_no_document_is_damaged(tmp_path: Path) -> None:
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("a.txt", "县政协")
    with pytest.raises(ReadingError, match="docx-damaged"):
        read(tmp_path / "a.docx")


def test_a_document_that_unpacks_beyond_measure_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhengpu.text import docx_text  # noqa: PLC0415

    monkeypatch.setattr(docx_text, "_MOST_UNPACKED", 1000)
    (tmp_path / "a.docx").write_bytes((FILES / "report.docx").read_bytes())
    with pytest.raises(ReadingError, match="docx-damaged"):
        read(tmp_path / "a.docx")


def test_a_file_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGPU_MAX_MB", "1")
    (tmp_path / "a.txt").write_bytes("政".encode() * 400_000)
    with pytest.raises(ReadingError) as caught:
        read(tmp_path / "a.txt")
    assert caught.value.code == "file-too-large"


def test_a_missing_file_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="file-unreadable"):
        read(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a.doc", "convertible-file"),
        ("a.ofd", "exportable-file"),
        ("a.csv", "unsupported-file"),
    ],
)
def test_other_kinds_are_refused_by_name(name: str, code: str) -> None:
    with pytest.raises(ReadingError, match=code):
        read(Path(name))


# -- documents ----------------------------------------------------------------------


def paragraphs_of(name: str) -> list[str]:
    result = clean(read(FILES / name))
    check(result)
    return result.text.splitlines()


def test_word_files_give_paragraphs_and_tables_in_order() -> None:
    raw = read(FILES / "report.docx")
    assert (raw.encoding, raw.pages) == ("text/docx", ())
    assert raw.text.splitlines()[2:] == [
        "# 一、2023年工作回顾",
        PARAGRAPHS[0],
        "项目\t件数\t备注",
        "提案\t163件",
        "社情民意信息\t318期",
        PARAGRAPHS[2],
    ]


def test_headings_of_word_files_are_known() -> None:
    result = clean(read(FILES / "report.docx"))
    headed = [result.text[start:].split("\n")[0] for start, _ in result.headings]
    assert headed == [TITLE, "一、2023年工作回顾"]


def test_web_pages_give_their_article_alone() -> None:
    raw = read(FILES / "page.html")
    assert raw.encoding == "text/html"
    lines = raw.text.splitlines()
    assert lines[0] == TITLE
    assert lines[2:] == PARAGRAPHS


def test_a_page_without_an_article_gives_its_body(tmp_path: Path) -> None:
    page = "<body><nav>首页</nav><ul><li>县政协</li><li>县政府<br>办公室</li></ul><script>x</script></body>"
    (tmp_path / "a.htm").write_text(page, encoding="utf-8")
    lines = read(tmp_path / "a.htm").text.splitlines()
    assert lines[-3:] == ["县政协", "县政府", "办公室"]


def test_a_page_that_lies_about_its_encoding_is_read(tmp_path: Path) -> None:
    page = '<meta charset="gb2312"><body><p>县政协召开会议。</p></body>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert read(tmp_path / "a.html").text == "县政协召开会议。\n"


def test_pdf_pages_are_joined_and_their_furniture_goes() -> None:
    raw = read(FILES / "one-column.pdf")
    assert raw.encoding == "text/pdf"
    assert len(raw.pages) == 2
    assert raw.text[raw.pages[1] :].lstrip().startswith("青山县政协文件汇编")
    assert paragraphs_of("one-column.pdf") == [
        TITLE,
        "——2024年1月8日在政协青山县第十届委员会第四次会议上",
        "一、2023年工作回顾",
        PARAGRAPHS[0],
        "（一）提案工作",
        PARAGRAPHS[1],
        "（二）调研工作",
        PARAGRAPHS[2],
        "二、2024年工作安排",
        PARAGRAPHS[3],
    ]


def test_pdf_columns_are_read_one_after_the_other() -> None:
    lines = paragraphs_of("two-columns.pdf")
    assert lines[0] == TITLE
    assert [line for line in lines if len(line) > 40] == PARAGRAPHS


def test_a_pdf_of_pictures_names_the_way_out() -> None:
    with pytest.raises(ReadingError) as caught:
        read(FILES / "scan.pdf")
    assert caught.value.code == "pdf-without-text"
    assert "ocrmypdf" in message(caught.value.code, caught.value.parameters, "zh")


def test_a_pdf_behind_a_password_says_so() -> None:
    with pytest.raises(ReadingError, match="pdf-locked"):
        read(FILES / "locked.pdf")


def place(left: float, top: float, text: str) -> Word:
    return Word(left, left + 10 * len(text), top, top + 10, text)


def test_a_headline_in_mid_page_parts_the_columns() -> None:
    def rows(top: int, first: str, second: str) -> list[Word]:
        return [
            word
            for n in range(4)
            for word in (
                place(0, top + 15 * n, first * 10),
                place(120, top + 15 * n + 3, second * 10),
            )
        ]

    words = [*rows(0, "甲", "乙"), place(60, 70, "标" * 9), *rows(90, "丙", "丁")]
    found = "".join(word.text[0] for block in columns(words, 10) for word in block)
    assert found == "甲甲甲甲乙乙乙乙标丙丙丙丙丁丁丁丁"


def test_one_column_is_not_cut() -> None:
    words = [place(0, 15 * n, "政" * (30 - n % 3)) for n in range(20)]
    assert list(columns(words, 10)) == [words]


def test_a_table_is_not_read_by_columns() -> None:
    words = [
        word
        for n in range(12)
        for word in (place(0, 15 * n, "政" * (2 + n % 7)), place(120, 15 * n, "12件"))
    ]
    assert list(columns(words, 10)) == [words]


@pytest.mark.office
def test_a_pdf_by_libreoffice_is_read(
    needs: Callable[[str], str], tmp_path: Path
) -> None:
    command = [needs("office"), f"-env:UserInstallation={tmp_path.as_uri()}/profile"]
    command += ["--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(FILES / "report.docx")], check=True, timeout=120)
    text = clean(read(tmp_path / "report.pdf")).text
    assert PARAGRAPHS[0] in text
    assert PARAGRAPHS[2] in text


# -- folders ------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = (
        "b.txt", "a.md", "A.txt", "乙.txt", "甲.txt", "README.md", "README", "SOURCES",
        "corrections.toml", ".hidden.txt", "~$a.docx", "x.doc", "x.WPS", "y.ofd", "z.png",
        "w.csv", "sub/c.TXT", "sub/README.txt", ".git/d.txt",
    )  # fmt: skip
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("县政协", encoding="utf-8")
    return tmp_path


def test_folders_are_scanned_by_name_and_readmes_passed_over(folder: Path) -> None:
    sources, _ = scan([folder])
    names = [source.name for source in sources]
    assert names == ["A.txt", "a.md", "b.txt", "sub/c.TXT", "乙.txt", "甲.txt"]
    assert all(source.path.is_file() for source in sources)


def test_other_kinds_are_listed_with_the_command_that_converts_them(
    folder: Path,
) -> None:
    _, findings = scan([folder])
    assert {finding.severity for finding in findings} == {Severity.INFO}
    told = {dict(f.parameters)["path"]: message(f.code, dict(f.parameters), "en") for f in findings}  # fmt: skip
    assert set(told) == {"x.doc", "x.WPS", "y.ofd", "z.png", "w.csv"}
    assert "soffice --headless --convert-to docx x.doc" in told["x.doc"]
    assert "ocrmypdf" in told["z.png"]
    assert "export it as PDF" in told["y.ofd"]
    assert "convert" not in told["w.csv"]


def test_a_file_named_itself_is_read_whatever_its_name(folder: Path) -> None:
    sources, _ = scan([folder / "README.md", folder / "sub"])
    assert [source.name for source in sources] == ["README.md", "c.TXT"]


def test_a_file_given_twice_is_read_once(folder: Path) -> None:
    sources, _ = scan([folder / "b.txt", folder, folder / "sub" / ".." / "b.txt"])
    assert [source.name for source in sources].count("b.txt") == 1


def test_a_path_that_is_not_there_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no-such-path"):
        scan([tmp_path / "nothing"])


def test_names_are_composed_and_valid(tmp_path: Path) -> None:
    (tmp_path / "cafe\u0301.txt").write_text("a", encoding="utf-8")
    os.close(os.open(os.fsencode(tmp_path) + b"/\xb1\xa8.txt", os.O_CREAT))
    names = [source.name for source in scan([tmp_path])[0]]
    assert names == ["caf\u00e9.txt", "\ufffd\ufffd.txt"]


@pytest.mark.parametrize("closed", ["sub", "."])
def test_a_folder_that_cannot_be_opened_is_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    scandir = os.scandir

    def guarded(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path) == folder / closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    sources, findings = scan([folder])
    (error,) = (f for f in findings if f.severity is Severity.ERROR)
    assert error.code == "folder-unreadable"
    told = dict(error.parameters)
    assert told["reason"] == "Permission denied"
    assert told["path"] == ("sub/" if closed == "sub" else f"{folder}/")
    assert bool(sources) == (closed == "sub")


def test_a_linked_folder_is_not_passed_over_in_silence(folder: Path) -> None:
    (folder / "link").symlink_to(folder)
    found = [f.parameters for f in scan([folder])[1] if f.code == "folder-is-link"]
    assert found == [(("path", "link/"),)]
    assert scan([folder / "link"])[0]


# -- the module itself --------------------------------------------------------------


def test_libraries_are_loaded_by_the_kinds_that_need_them() -> None:
    code = (
        "import sys; from pathlib import Path; from zhengpu.text.reading import read;"
        f"read(Path({str(FILES / 'utf-8.txt')!r}));"
        "print([m for m in ('pdfplumber', 'docx', 'trafilatura', 'lxml',"
        " 'charset_normalizer', 'jieba', 'rjieba') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_every_code_has_its_words() -> None:
    text = Path(reading.__file__).parent
    codes = {
        code
        for path in (text / f"{name}.py" for name in ("reading", "decoding", "cleaning", "pdf_text", "docx_text", "html_text"))
        for code in re.findall(r'"((?:[a-z]+-)+[a-z\d]+)"', path.read_text(encoding="utf-8"))
        if not re.match(r"utf|running|page-number$|line-break|gb-|hz-|x-|noscript", code)
    }  # fmt: skip
    assert "pdf-without-text" in codes
    assert codes <= set(catalogue())


def test_no_suffix_is_both_read_and_converted() -> None:
    assert SUFFIXES.isdisjoint(CONVERSIONS)


def test_commands_are_safe_to_paste(tmp_path: Path) -> None:
    (tmp_path / "a b;rm.doc").write_bytes(b"")
    _, (finding,) = scan([tmp_path])
    assert dict(finding.parameters)["command"].endswith(" 'a b;rm.doc'")
