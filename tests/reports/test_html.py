from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from classroom_analyzer.domain.policy import POLICY_TEXTS, Policy
from classroom_analyzer.errors import BadInputError, OutputNotWritableError
from classroom_analyzer.reports.html import write_report
from tests.reports.lessons import ETHICS, HOSTILE

FOOTER = "Built on observable participation. Not a measure of attention, understanding or ability."
FORBIDDEN = re.compile(r"attention|understanding|interest|focus|emotion", re.IGNORECASE)
CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


class Page(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


def page_of(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


def test_an_export_holds_the_page_its_dictionary_and_its_manifest(lesson):
    reader = lesson()
    path = write_report(reader)
    assert path == reader.folder / "exports" / "000" / "report.html"
    assert sorted(p.name for p in path.parent.iterdir()) == ["DATA_DICTIONARY.md", "manifest.json", "report.html"]
    manifest = json.loads((path.parent / "manifest.json").read_text())
    assert manifest["outputs"]["report.html"] == hashlib.sha256(path.read_bytes()).hexdigest()
    summary = (reader.folder / "summary.json").read_bytes()
    assert manifest["inputs"]["summary.json"] == hashlib.sha256(summary).hexdigest()
    head = reader.audit_head()
    assert manifest["audit"] == {"count": head.count, "hash": head.hash}
    assert write_report(reader).parent.name == "001"


def test_a_report_is_never_overwritten(lesson, tmp_path: Path):
    reader = lesson()
    path = write_report(reader, tmp_path / "mine")
    before = path.read_bytes()
    with pytest.raises(OutputNotWritableError):
        write_report(reader, tmp_path / "mine")
    assert path.read_bytes() == before


def test_an_unwritable_folder_is_one_sentence(lesson, tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputNotWritableError, match="choose another folder"):
        write_report(lesson(), tmp_path / "file" / "below")


def test_the_page_carries_its_policy_and_loads_nothing(lesson):
    source = write_report(lesson()).read_text(encoding="utf-8")
    assert source.count(f'content="{CSP}"') == 1
    page = Page(source)
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    addresses = [v for name, v in page.attributes if name in ("href", "src", "xlink:href", "action", "srcset")]
    assert all(v is not None and v.startswith("#") for v in addresses)
    assert not re.search(r"url\((?!#)|@import", source)


def test_hostile_text_is_shown_literally_everywhere(lesson):
    page = page_of(write_report(lesson(title=HOSTILE + "\u202egpj.exe", warnings=(HOSTILE,))))
    assert page.text.count(HOSTILE) >= 3  # title, warning, gap
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert "\u202e" not in page.text
    assert "[U+202E]" in page.text


@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize("abstains", ["some", "all"])
def test_no_page_claims_what_cannot_be_measured(lesson, policy: Policy, abstains: str):
    words = page_of(write_report(lesson(policy=policy, abstains=abstains))).words
    assert FOOTER in words
    assert "grades, discipline, ranking" in words
    for fixed in (FOOTER, *POLICY_TEXTS.values()):
        words = words.replace(fixed, "")
    assert FORBIDDEN.findall(words) == []


def test_the_engagement_page_says_that_it_is_experimental_and_why_it_abstains(lesson):
    page = page_of(write_report(lesson()))
    assert "experimental: not validated in your class" in page.words
    assert "16 s: not enough evidence: the model cannot tell the levels apart" in page.words
    assert "small group" not in page.words
    assert "0:40 to 0:52" in page.words


def test_under_observe_there_is_no_estimate_on_the_page(lesson):
    source = write_report(lesson(policy=Policy.OBSERVE)).read_text(encoding="utf-8")
    page = Page(source)
    assert "var(--class)" not in source.split("</style>")[1]
    assert "experimental" not in page.words
    assert "class line" not in page.words.lower()
    assert POLICY_TEXTS[Policy.OBSERVE] in page.words
    assert "Voices heard" in page.words


@pytest.mark.parametrize("n", [4, 9, None])
def test_under_observe_figures_of_few_people_are_left_out_and_explained(lesson, n: int | None):
    page = page_of(write_report(lesson(policy=Policy.OBSERVE, people=n, seats=n, authors=n)))
    assert "Left out" in page.words or n is None
    assert "seats seen, on" not in page.words
    assert re.search(r"\d+(\.\d+)? of \d+ seats", page.words) is None
    assert "Voices heard" in page.words
    assert "62%" in page.words  # the sound of the whole room needs no minimum here


def test_a_small_class_is_marked_in_the_teachers_own_copy_and_refused_to_be_shared(lesson):
    reader = lesson(people=9, seats=8, authors=5)
    assert "small group: read as individuals" in page_of(write_report(reader)).words
    before = reader.audit_head()
    with pytest.raises(BadInputError, match="at least 10") as caught:
        write_report(reader, share=True)
    assert caught.value.exit_code == 3
    assert reader.audit_head() == before
    assert [p.name for p in (reader.folder / "exports").iterdir()] == ["000"]


def test_a_shared_copy_leaves_out_a_line_that_rests_on_few_seats(lesson):
    source = write_report(lesson(people=26, seats=4), share=True).read_text(encoding="utf-8")
    assert "var(--class)" not in source.split("</style>")[1]
    assert "fewer than 10 people" in source
    assert "copy to share" in source


def test_a_figure_that_is_missing_is_a_dash_that_names_what_would_fill_it(lesson):
    words = page_of(write_report(lesson(audio=False, authors=None, seats=None, abstains="all"))).words
    assert "A camera, or a recording with a picture, would fill it." in words
    assert "(--audio), would fill it." in words
    assert "A saved chat (--chat) would fill it." in words
    assert "No estimate could be made in this lesson" in words
    assert not re.search(r"(?<!\d)0\s?%", words)
    assert "nan" not in words.lower().split()


def test_a_research_page_carries_its_ethics_reference(lesson):
    reader = lesson(policy=Policy.RESEARCH)
    path = write_report(reader)
    assert ETHICS in page_of(path).words
    assert json.loads((path.parent / "manifest.json").read_text())["ethics_reference"] == ETHICS


def test_an_incomplete_lesson_says_so(lesson):
    assert "incomplete" in page_of(write_report(lesson(complete=False))).words


def test_every_export_is_logged(lesson):
    reader = lesson()
    before = reader.audit_head().count
    write_report(reader)
    write_report(reader, share=True)
    assert reader.audit_head().count == before + 2


def test_an_empty_lesson_still_gives_a_page(lesson):
    page = page_of(write_report(lesson(duration_s=0, seats=None, authors=None, audio=False)))
    assert FOOTER in page.words


def test_a_chinese_report_is_chinese_from_title_to_footer(lesson):
    page = page_of(write_report(lesson(), language="zh_CN"))
    assert dict(page.attributes)["lang"] == "zh-CN"
    assert "基于可观察到的参与。不衡量注意力、理解或能力。" in page.words
    assert "班级曲线" in page.words
    assert "证据不足" in page.words
    for english in ("The class line", "No estimate", "Teacher's share", "Before you use this", "model range"):
        assert english not in page.words


def test_charts_speak_the_language_of_the_page(lesson):
    source = write_report(lesson(), language="zh_CN").read_text(encoding="utf-8")
    chart = source[source.index("<svg") : source.index("</svg>")]
    assert "课堂时间" in chart
    assert "time in the lesson" not in chart


def test_the_reason_of_a_lesson_without_estimate_is_said_once_in_chinese(lesson):
    page = page_of(write_report(lesson(abstains="all"), language="zh_CN"))
    headline = page.words[page.words.index("无法作出估计") :]
    assert "证据不足" not in headline[:40]


def test_without_a_chinese_font_one_line_says_so(lesson, monkeypatch):
    monkeypatch.setattr("classroom_analyzer.reports.fonts._chinese_font", lambda: None)
    assert "没有找到含中文字符的字体" in page_of(write_report(lesson(), language="zh_CN")).words
    assert "No font" not in page_of(write_report(lesson())).words


def test_one_report_does_not_choose_the_language_of_the_next(lesson):
    write_report(lesson(title="A"), language="zh_CN")
    assert "The class line" in page_of(write_report(lesson(title="B"))).words
