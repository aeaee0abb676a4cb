"""The use cases behind the desktop window: open, play, hold and report lessons under the stored choice.

What a lesson needs is imported when one begins: the window is there sooner.
"""

from __future__ import annotations

from pathlib import Path

from classroom_analyzer.app.choices import live_request, live_sources
from classroom_analyzer.app.request import LessonRequest, ModelChoice
from classroom_analyzer.domain.live import LiveSession
from classroom_analyzer.domain.policy import Place, Policy, PolicyGrant
from classroom_analyzer.domain.setup import LiveChoice
from classroom_analyzer.settings.policy import check_allowed, decide_policy
from classroom_analyzer.settings.schema import load_settings, save_settings

__all__ = ["DesktopLessons"]

CHAT_NAMES = ("chat.txt", "chat.jsonl", "chat.csv", "meeting_saved_chat.txt")


class DesktopLessons:
    """Lessons of the person at this machine.

    Args:
        home: Folder of all state.
    """

    def __init__(self, home: Path) -> None:
        self._home = home

    def open_file(self, path: Path) -> LiveSession:
        """Begin to play a recording; a chat file of a usual name beside it is read along."""
        from classroom_analyzer.app.analyze import Recording
        from classroom_analyzer.app.play import play

        chat = next((path.with_name(name) for name in CHAT_NAMES if path.with_name(name).is_file()), None)
        return play(Recording(path, chat=chat), self._request(), self._home)

    def open_demo(self) -> LiveSession:
        """Begin the bundled lesson."""
        from classroom_analyzer.app.demo import demo_recording, demo_request
        from classroom_analyzer.app.play import play

        settings = load_settings(self._home)
        return play(demo_recording(), demo_request(settings, self._lessons_folder()), self._home)

    def open_live(self, choice: LiveChoice) -> LiveSession:
        """Begin a live lesson."""
        from classroom_analyzer.app.live import start_live

        return start_live(live_sources(choice), live_request(choice, self._request()), self._home)

    def report(self, lesson: Path) -> Path:
        """Write the report of a finished lesson folder; return the HTML file."""
        from classroom_analyzer.app.report import write_report

        return write_report(lesson)

    def policy(self) -> Policy | None:
        """Return the stored policy, None before the first choice."""
        return load_settings(self._home).policy

    def choose_policy(self, place: Place, policy: Policy) -> None:
        """Store the choice.

        Raises:
            PolicyRefusedError: The place forbids the policy.
        """
        check_allowed(PolicyGrant(policy, "stored choice", place))
        settings = load_settings(self._home)
        save_settings(self._home, settings.model_copy(update={"policy": policy, "place": place}))

    def _lessons_folder(self) -> Path:
        return load_settings(self._home).lessons_folder or self._home / "lessons"

    def _request(self) -> LessonRequest:
        settings = load_settings(self._home)
        return LessonRequest(
            grant=decide_policy(settings, asked=None, place=None),
            models=ModelChoice.from_settings(settings),
            out=self._lessons_folder(),
            analysed_fps=settings.analysed_fps,
        )
