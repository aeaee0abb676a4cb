"""Makes the application speak another language, at once for everything that is made after."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from classroom_analyzer.models.translations import ENGLISH, Words, resolve_language, words_in

__all__ = ["CatalogueTranslator", "Language"]


class CatalogueTranslator(QTranslator):
    """Answers Qt from the catalogue that reports read too; no compiled copy of it exists."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def isEmpty(self) -> bool:  # noqa: D102
        return False

    def translate(  # noqa: D102
        self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return self._words.find(context, source_text, disambiguation or "", n if n >= 0 else None)


class Language(QObject):
    """The language of the application.

    Attributes:
        name: Of the language in force, ``en`` or ``zh_CN``.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = ""
        self._installed: list[QTranslator] = []

    def use(self, chosen: str) -> bool:
        """Speak a language; return whether it is another one than before.

        Widgets that are there already are told by Qt (``LanguageChange``) and keep their texts unless they listen.

        Args:
            chosen: As the setting ``language``.
        """
        name = resolve_language(chosen, QLocale.system().uiLanguages())
        if name == self.name:
            return False
        self.close()
        self.name = name
        QLocale.setDefault(QLocale.system() if chosen == "system" else QLocale(name))
        if name != ENGLISH:
            of_qt = QTranslator(self)  # the words on Qt's own dialogs
            if of_qt.load(f"qtbase_{name}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
                self._install(of_qt)
        self._install(CatalogueTranslator(words_in(name), self))  # English too: it holds the plural forms
        return True

    def close(self) -> None:
        """Speak as the source does."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
            translator.deleteLater()
        self._installed.clear()
        self.name = ""

    def _install(self, translator: QTranslator) -> None:
        QCoreApplication.installTranslator(translator)
        self._installed.append(translator)
