"""Page 6: the notice and consent text, to be printed or kept as PDF and handed out before the first lesson."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, QMarginsF
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QFileDialog, QFormLayout, QPushButton, QTextBrowser, QWidget

from classroom_analyzer.domain.setup import Notice, SetupChoices
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.flow import FlowLayout
from classroom_analyzer.gui.source_fields import choice_box
from classroom_analyzer.gui.text import visible_text
from classroom_analyzer.gui.theme import SPACE_PX, Role
from classroom_analyzer.gui.wizard.language_page import LANGUAGES
from classroom_analyzer.gui.wizard.page import WizardContext, WizardPage

__all__ = ["NoticePage"]

_MARGIN_MM = 18.0
_POINT_SIZE = 11.0


class NoticePage(WizardPage):
    """Shows the text for adults or for children, in each language.

    Attributes:
        audiences: For whom.
        languages: In which language.
        view: The text.
        said: What became of it.
    """

    def __init__(self, context: WizardContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("Notice and consent"),
            self.tr(
                "Tell everyone in view before the first lesson, and ask for consent where you need it. This text is a "
                "beginning; change it to what holds at your school. It is no legal advice."
            ),
        )
        self.audiences = choice_box(self.tr("For whom"))
        self.audiences.addItem(self.tr("Adults and parents"), "adults")
        self.audiences.addItem(self.tr("Children"), "children")
        self.languages = choice_box(self.tr("Language of the notice"))
        for language, name in LANGUAGES.items():
            self.languages.addItem(name, language)
        form = QFormLayout()
        form.setSpacing(SPACE_PX)
        form.addRow(label(self.tr("For whom"), Role.BODY), self.audiences)
        form.addRow(label(self.tr("Language"), Role.BODY), self.languages)
        self.view = QTextBrowser()
        self.view.setAccessibleName(self.tr("Text of the notice"))
        self.view.setOpenLinks(False)
        self.view.setTabChangesFocus(True)
        self.view.setMinimumHeight(200)
        self.print_button = self._button(self.tr("Print…"), self.print_it)
        self.save_button = self._button(self.tr("Save as PDF…"), self._ask_where)
        self.copy_button = self._button(self.tr("Copy text"), self._copy)
        buttons = FlowLayout(spacing_px=SPACE_PX)
        for button in (self.print_button, self.save_button, self.copy_button):
            buttons.addWidget(button)
        self.said = label("", Role.CAPTION, wrap=True)
        self.column.addLayout(form)
        self.column.addWidget(self.view, 1)
        self.column.addLayout(buttons)
        self.column.addWidget(self.said)
        self.audiences.currentIndexChanged.connect(self._show)
        self.languages.currentIndexChanged.connect(self._show)

    @property
    def notice(self) -> Notice:
        """What is shown."""
        return self.context.setup.notice(self.audiences.currentData(), self.languages.currentData())

    def enter(self, choices: SetupChoices) -> None:
        """Show the text in the language of the window."""
        language = choices.language if choices.language in LANGUAGES else QLocale().name()
        self.languages.setCurrentIndex(max(self.languages.findData(language), 0))
        self._show()

    def first_field(self) -> QWidget:
        """For whom it is."""
        return self.audiences

    def save_pdf(self, path: Path) -> None:
        """Write the text as a PDF file."""
        writer = QPdfWriter(str(path))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(
            QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM), QPageLayout.Unit.Millimeter
        )  # fmt: skip
        writer.setTitle(self.audiences.currentText())
        self._document().print_(writer)
        if path.is_file() and path.stat().st_size:
            self.said.setText(self.tr("Saved as {name}.").format(name=visible_text(path.name)))
        else:
            self.said.setText(self.tr("It could not be saved there; choose another folder."))

    def print_it(self) -> None:
        """Let the person choose a printer and print."""
        # Looks for printers on loading, which may take a moment.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self._document().print_(printer))
        dialog.setModal(True)
        dialog.show()

    def _document(self) -> QTextDocument:
        # A document of its own: black on white whatever the theme is.
        document = QTextDocument(self)
        font = self.font()
        font.setPointSizeF(_POINT_SIZE)
        document.setDefaultFont(font)
        document.setMarkdown(self.notice.text)
        return document

    def _show(self) -> None:
        self.view.setMarkdown(self.notice.text)
        self.said.clear()

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the notice"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"notice-{self.notice.audience}.pdf")
        dialog.fileSelected.connect(lambda name: self.save_pdf(Path(name)))
        dialog.open()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.notice.text)
        self.said.setText(self.tr("The text is on the clipboard."))

    def _button(self, name: str, press: Callable[[], None]) -> QPushButton:
        button = QPushButton(name)
        button.setAccessibleName(name.rstrip("…"))
        button.clicked.connect(lambda _=False: press())
        return button
