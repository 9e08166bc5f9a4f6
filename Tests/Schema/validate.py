"""Puts answers in JSON to the schemas that errata prints of itself, with Debian's python3-jsonschema.

    validate.py FOLDER

FOLDER/schemas/COMMAND.json is the schema of a command, FOLDER/answers/COMMAND.NUMBER.json one of its
answers. A schema lets members be added; an answer of the same build has none but those it names. What
is wrong is printed, a line each that begins with the file's name; the exit status is 1 then.
"""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, best_match


def closed(schema):
    """The schema, without leave to add members."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    own = {name: closed(part) for name, part in schema.items()}
    return own | {"additionalProperties": False} if schema.get("type") and "properties" in own else own


def main(folder):
    problems = []
    validators = {}
    for path in sorted((folder / "schemas").glob("*.json")):
        schema = json.loads(path.read_text())
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            problems.append(f"{path.name}: {error.message}")
        validators[path.stem] = Draft202012Validator(closed(schema))
    answers = sorted((folder / "answers").glob("*.json"))
    if not validators or not answers:
        problems.append("there is nothing to validate")
    for path in answers:
        validator = validators[path.name.split(".")[0]]
        errors = list(validator.iter_errors(json.loads(path.read_text())))
        if errors:
            error = best_match(errors)
            problems.append(f"{path.name}: {error.json_path}: {error.message[:300]}")
    print("\n".join(problems))
    return 1 if problems else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
