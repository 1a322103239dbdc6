"""The `kg` command: its commands, and the one place where errors become one line and an exit code."""

from __future__ import annotations

import os
import sys

import typer

from kg.cli import (
    ask,
    build,
    compare,
    demo,
    evaluate,
    export,
    extract,
    inspect,
    leaderboard,
    load,
    mcp,
    query,
    remove,
    serve,
    train,
    validate,
    vocabulary,
    watch,
)
from kg.cli.render import print_error
from kg.cli.streams import on_terminal, prepare_streams
from kg.errors import KgError

app = typer.Typer(
    name="kg",
    help="A knowledge graph of papers, methods, datasets, metrics, tasks and numeric claims.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich" if on_terminal() else None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("build")(build.build)
app.command("ask")(ask.ask)
app.command("query")(query.query)
app.command("leaderboard")(leaderboard.leaderboard)
app.command("compare")(compare.compare)
app.command("watch")(watch.watch)
app.command("sparql")(query.sparql)
app.command("cypher")(query.cypher)
app.command("show")(inspect.show)
app.command("explain")(inspect.explain)
app.command("stats")(inspect.stats)
app.command("extract")(extract.extract)
app.command("evaluate")(evaluate.evaluate)
app.command("load")(load.load)
app.command("export")(export.export)
app.command("validate")(validate.validate)
app.command("remove")(remove.remove)
app.command("correct")(remove.correct)
app.command("serve")(serve.serve)
app.command("mcp")(mcp.mcp)
app.command("demo")(demo.demo)
app.add_typer(train.app, name="train")
app.add_typer(vocabulary.app, name="vocabulary")


@app.callback(invoke_without_command=True)
def _root(
    version: bool = typer.Option(False, "--version", help="Print the version and exit."),
    names: str | None = typer.Option(
        None, "--vocabulary", metavar="FILE", help="Your own vocabulary file, besides those of KG_VOCABULARY."
    ),
) -> None:
    if names is not None:
        from kg.vocabulary import add_user_file

        add_user_file(names)
    if version:
        from importlib.metadata import version as version_of

        typer.echo(f"kg {version_of('paperkg')}")
        raise typer.Exit


def main() -> None:
    """Run the command line; exit 1 with one line for errors, 2 for wrong usage, never a traceback."""
    prepare_streams()
    try:
        app(prog_name="kg")
    except KeyboardInterrupt:
        sys.exit(130)
    except KgError as exc:
        print_error(str(exc))
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output is gone (`kg … | head`): say nothing, here or at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as exc:
        print_error(f"{exc.filename}: {exc.strerror}" if exc.filename else str(exc))
        sys.exit(1)
    except MemoryError:
        print_error("out of memory; run again with fewer --workers or less input at a time")
        sys.exit(1)
    except Exception as exc:
        if os.environ.get("KG_DEBUG"):
            raise
        print_error(f"internal error: {type(exc).__name__}: {exc} (set KG_DEBUG=1 to see where)")
        sys.exit(1)
