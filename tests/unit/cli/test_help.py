"""Every command explains itself."""

import pytest

from kg.cli.app import app

COMMANDS = [(command.name,) for command in app.registered_commands] + [
    (group.name, command.name)
    for group in app.registered_groups
    if group.typer_instance
    for command in group.typer_instance.registered_commands
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_says_what_it_does_with_an_example(kg, words) -> None:  # type: ignore[no-untyped-def]
    done = kg(*words, "--help")
    assert done.code == 0
    assert f"Example: kg {' '.join(words)}" in " ".join(done.out.split())
    assert "\x1b" not in done.out


def test_no_words_print_the_help_and_exit_2(kg) -> None:  # type: ignore[no-untyped-def]
    done = kg()
    assert (done.code, "Usage: kg" in done.out + done.err) == (2, True)


def test_version(kg) -> None:  # type: ignore[no-untyped-def]
    assert kg("--version").out.startswith("kg 0.")


@pytest.mark.parametrize(
    "words", [["nosuch"], ["ask"], ["ask", "x", "--format", "xml"], ["build", "x", "--workers", "0"]]
)
def test_wrong_usage_exits_2_with_a_hint(kg, words) -> None:  # type: ignore[no-untyped-def]
    done = kg(*words)
    assert (done.code, done.out) == (2, "")
    assert "Usage: kg" in done.err
    assert "Error" in done.err
