"""Output: whole or not at all, whatever the locale, and whoever went away."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from itakit import ItakitError, output
from itakit.output import write_whole

SMALL = """
import resource, sys
from itakit.errors import ItakitError
from itakit.output import write_whole
before = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
try:
    write_whole(sys.argv[1], "x" * 1000, [])
except ItakitError as error:
    print(error)
finally:
    # Whoever measures this program writes a file of its own at the end.
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
"""


def refused(path: Path, *inputs: Path) -> str:
    """Why a file is not written."""
    with pytest.raises(ItakitError) as caught:
        write_whole(str(path), "new", map(str, inputs))
    return str(caught.value).removeprefix(f"{path}: ")


class TestAFileIsWrittenWholeOrNotAtAll:
    """ "A file is replaced whole or not at all, and never one of the inputs." (commands.md)"""

    def test_a_file_holds_the_text(self, tmp_path: Path) -> None:
        """In UTF-8, with the line ends that it has; and nothing else is left in the folder."""
        file = tmp_path / "out.csv"
        for text in ("ก\r\n", "ข\n"):
            write_whole(str(file), text, [])
            assert file.read_bytes() == text.encode()
            assert list(tmp_path.iterdir()) == [file]

    def test_a_new_file_has_the_usual_rights_and_an_old_one_keeps_its_own(
        self, tmp_path: Path
    ) -> None:
        """As a program that writes in place would leave it."""
        file, plain = tmp_path / "out", tmp_path / "plain"
        plain.write_text("")
        write_whole(str(file), "a", [])
        assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
        file.chmod(0o640)
        write_whole(str(file), "b", [])
        assert stat.S_IMODE(file.stat().st_mode) == 0o640

    def test_an_old_file_survives_a_full_disk(self, tmp_path: Path) -> None:
        """A limit on the size of files stands for the full disk."""
        file = tmp_path / "out"
        file.write_text("old")
        done = subprocess.run(
            [sys.executable, "-c", SMALL, str(file)], capture_output=True, text=True, check=True
        )
        assert done.stdout == f"{file}: the file cannot be written: file too large\n"
        assert file.read_text() == "old"
        assert list(tmp_path.iterdir()) == [file]

    @pytest.mark.parametrize("failure", [KeyboardInterrupt(), OSError(5, "No luck")])
    def test_an_old_file_survives_whatever_happens(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
    ) -> None:
        """Ctrl-C at the last moment, or a disk that fails."""

        def fail(*_: object) -> None:
            raise failure

        file = tmp_path / "out"
        file.write_text("old")
        monkeypatch.setattr(Path, "replace", fail)
        with pytest.raises((KeyboardInterrupt, ItakitError)):
            write_whole(str(file), "new", [])
        assert file.read_text() == "old"
        assert list(tmp_path.iterdir()) == [file]

    def test_a_link_is_followed(self, tmp_path: Path) -> None:
        """It stays a link, and what it leads to is replaced."""
        file, link = tmp_path / "file", tmp_path / "link"
        file.write_text("old")
        link.symlink_to(file)
        write_whole(str(link), "new", [])
        assert link.is_symlink()
        assert file.read_text() == "new"

    def test_a_device_is_written_to(self, tmp_path: Path) -> None:
        """And not replaced by a file."""
        write_whole(os.devnull, "new", [])
        assert Path(os.devnull).is_char_device()
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
            write_whole(str(pipe), "new", [])
            assert reader.communicate()[0] == b"new"

    def test_what_cannot_be_written_is_told(self, tmp_path: Path) -> None:
        """A folder that is not there, one that is a file, and a folder in place of the file."""
        file = tmp_path / "file"
        file.write_text("")
        cannot = "the file cannot be written: "
        assert refused(tmp_path / "no" / "out") == f"{cannot}no such file or directory"
        assert refused(file / "out") == f"{cannot}not a directory"
        assert refused(tmp_path) == f"{cannot}is a directory"
        assert "its name holds a NUL" in refused(tmp_path / "a\0b")
        assert refused(tmp_path / ("n" * 300)) == f"{cannot}file name too long"

    @pytest.mark.parametrize("link", [None, "symlink_to", "hardlink_to"])
    def test_an_input_is_never_written_over(self, tmp_path: Path, link: str | None) -> None:
        """By whatever name it goes."""
        source = out = tmp_path / "in.json"
        source.write_text("old")
        if link is not None:
            out = tmp_path / "out.json"
            getattr(out, link)(source)
        assert refused(out, tmp_path / "other", source) == "the output is one of the inputs"
        assert (
            refused(tmp_path / "x" / ".." / "in.json", source) == "the output is one of the inputs"
        )
        assert source.read_text() == "old"


class TestStreams:
    """ "Thai goes through a pipe whatever the locale." """

    @staticmethod
    def said(program: str, **environment: str) -> bytes:
        setup = "import sys; from itakit.output import open_streams, put; "
        return subprocess.run(
            [sys.executable, "-c", setup + program],
            env={"PATH": os.environ["PATH"], **environment},
            capture_output=True,
            check=True,
        ).stdout

    @pytest.mark.parametrize(
        "environment", [{}, {"LANG": "C"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}]
    )
    def test_a_pipe_is_utf_8(self, environment: dict[str, str]) -> None:
        """And line ends are what they are."""
        said = self.said("open_streams(); put('คะแนน ≈\\r\\n')", **environment)
        assert said == "คะแนน ≈\r\n".encode()

    def test_the_encoding_that_was_asked_for_is_kept(self) -> None:
        """What it cannot show becomes a question mark; nothing crashes."""
        said = self.said("open_streams(); put('คะแนน é')", PYTHONIOENCODING="cp1252")
        assert said == b"????? \xe9"

    def test_a_stream_may_be_anything_or_not_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A program may be started without an output."""
        monkeypatch.setattr(sys, "stdout", None)
        monkeypatch.setattr(sys, "stderr", object())
        output.open_streams()
        output.put("lost")

    def test_a_terminal_keeps_its_encoding(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It would show another one as gibberish."""

        class Terminal:
            asked: dict[str, str]

            def isatty(self) -> bool:
                return True

            def reconfigure(self, **asked: str) -> None:
                self.asked = asked

        terminal = Terminal()
        monkeypatch.setattr(sys, "stdout", terminal)
        monkeypatch.setattr(sys, "stderr", terminal)
        output.open_streams()
        assert terminal.asked == {"errors": "replace"}
