"""The description of the data for machines: Frictionless Table Schema and Data Package."""

from collections.abc import Iterable
from typing import Any

from forum.open_data.datasets import Dataset
from forum.open_data.everything import DATASETS

LICENCE = {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": "https://creativecommons.org/licenses/by/4.0/deed.ru"}
DIALECT = {"delimiter": ";", "header": True, "lineTerminator": "\r\n", "quoteChar": '"'}


def table_schema(dataset: Dataset, in_table: bool = True) -> dict[str, Any]:
    """The fields of a set: as the columns of its table, or as the objects of its JSON."""
    schema: dict[str, Any] = {"fields": list(_fields(dataset, in_table)), "missingValues": [""]}
    return schema | ({"primaryKey": dataset.key} if dataset.key else {})


def _fields(dataset: Dataset, in_table: bool) -> Iterable[dict[str, Any]]:
    for field in dataset.fields:
        about: dict[str, Any] = {"description": str(field.about)}
        if field.values:
            about["constraints"] = {"enum": [str(value) for value in field.values]}
        if not in_table or not field.parts:
            # Lists are a cell of text: words parted by «;», or JSON.
            kind = "string" if in_table and field.name == "tags" else field.kind
            yield {"name": field.name, "type": kind, **({"decimalChar": ","} if in_table and kind == "number" else {}), **about}
        else:
            yield from ({"name": column, "type": "integer", **about} for column in field.columns)


def data_package(name: str, made: str, counts: dict[str, int] | None = None) -> dict[str, Any]:
    """What a dump holds; `made` is the moment, `counts` the numbers of rows."""
    return {
        "profile": "tabular-data-package",
        "name": "municipal-practices",
        "title": name,
        "created": made,
        "licenses": [LICENCE],
        "resources": [
            {
                "name": dataset.name,
                "path": f"{dataset.name}.csv",
                "title": str(dataset.about),
                "profile": "tabular-data-resource",
                "format": "csv",
                "encoding": "utf-8",
                "dialect": DIALECT,
                "schema": table_schema(dataset),
                **({"rows": counts[dataset.name]} if counts else {}),
            }
            for dataset in DATASETS.values()
        ],
    }
