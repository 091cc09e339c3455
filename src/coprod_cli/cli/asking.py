"""What was ordered and a folder go in; the questionnaire's files in it, and the next steps on stdout, come out."""

from collections.abc import Sequence
from pathlib import Path

from coprod_cli.asking import Order, list_uses, write_questionnaire
from coprod_cli.cli.saving import check_folder, refuse_changed, save_folder
from coprod_cli.cli.terminal import write_line
from coprod_cli.reading import read_framework

_PEOPLE: dict[str, str] = {
    "parent": "parents and carers",
    "practitioner": "professionals",
    "both": "parents, carers and professionals",
}


def write_form(
    ordered: tuple[str, str, tuple[str, ...], str],
    formats: Sequence[str],
    folder: Path,
    *,
    force: bool,
    framework_path: Path | None,
    quiet: bool,
) -> None:
    """Write all files together and say what each is for.

    Args:
        ordered: form, audience, projects and title.
        formats: names of FORM_FORMATS.
        folder: where to.
        force: whether an earlier questionnaire there may be replaced.
        framework_path: a framework of one's own.
        quiet: whether to print nothing.

    Raises:
        CannotWriteError: the folder may not be replaced, or a file in it was changed since it was written.
        UsageError: a project has no name, or the framework has no items for the form.
        SettingsFileError: the framework cannot be used.
    """
    check_folder(folder, force=force)
    refuse_changed(folder)
    order = Order(*ordered)
    framework = read_framework(framework_path)
    files = write_questionnaire(framework, order, formats)
    save_folder(files, folder, force=force)
    if quiet:
        return
    items = sum(item.quick or order.form == "full" for item in framework.items)
    write_line(f"Questionnaire for {_PEOPLE[order.audience]}, {order.form} form, {items} rated questions: {folder}")
    uses = list_uses(list(files))
    width = max(len(each.name) for each in uses)
    for each in uses:
        write_line(f"  {each.name:<{width}}  {each.use}")
    for step in _list_steps(order):
        write_line(step)


def _list_steps(order: Order) -> list[str]:
    steps = ["Next: fill in what stands in [square brackets], then try the form on two or three people."]
    if not order.projects:
        steps.append(
            "Is it about several pieces of work? Name each with --project, so that everybody writes the same name."
        )
    steps.append("When the answers are in: coprod analyse EXPORT. It needs no mapping file.")
    return steps
