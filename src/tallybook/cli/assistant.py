"""The command that answers assistants: mcp."""

from __future__ import annotations

from tallybook.cli.arguments import Project, project_root


def mcp(project: Project = None) -> None:
    """Answer an assistant's questions on the book.

    Its tools are cases, verdicts, explain, read, selfcheck and lint. Speaks the Model Context Protocol over
    standard input and output, until the assistant ends. It writes nothing, and reads nothing outside the
    folder of the project. docs/assistants.md says how to set it up.
    """
    from tallybook.intake.extras import extra

    root = project_root(project)
    extra("mcp.server.mcpserver", "mcp", "answering assistants")
    from tallybook.exchange.assistant_server import serve

    serve(root)
