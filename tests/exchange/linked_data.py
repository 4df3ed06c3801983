"""JSON-LD as a processor reads it, with the contexts at hand: nothing is fetched.

Each context has the terms of its vocabulary that are used here, as the vocabulary defines them.
"""

from __future__ import annotations

import json
from typing import Any

from pyld import jsonld

SCHEMA = "http://schema.org/"
OA = "http://www.w3.org/ns/oa#"
ADDRESSES = ("url", "id")

_CONTEXTS: dict[str, dict[str, Any]] = {
    "https://schema.org": {"@vocab": SCHEMA, "url": {"@id": f"{SCHEMA}url", "@type": "@id"}},
    "http://www.w3.org/ns/anno.jsonld": {
        "id": "@id", "type": "@type", "@vocab": OA, "as": "http://www.w3.org/ns/activitystreams#",
        "dc": "http://purl.org/dc/elements/1.1/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "dcterms": "http://purl.org/dc/terms/", "AnnotationCollection": "as:OrderedCollection",
        "AnnotationPage": "as:OrderedCollectionPage", "body": {"@type": "@id", "@id": "oa:hasBody"},
        "oa": OA, "target": {"@type": "@id", "@id": "oa:hasTarget"},
        "source": {"@type": "@id", "@id": "oa:hasSource"},
        "selector": {"@type": "@id", "@id": "oa:hasSelector"},
        "state": {"@type": "@id", "@id": "oa:hasState"},
        "value": {"@id": "rdf:value"}, "format": {"@id": "dc:format"}, "language": {"@id": "dc:language"},
        "label": {"@id": "rdfs:label"}, "exact": {"@id": "oa:exact"}, "prefix": {"@id": "oa:prefix"},
        "suffix": {"@id": "oa:suffix"}, "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
        "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
        "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"}, "first": {"@type": "@id", "@id": "as:first"},
        "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
        "total": {"@id": "as:totalItems"},
        "sourceDateStart": {"@id": "oa:sourceDateStart", "@type": "xsd:dateTime"},
        "sourceDateEnd": {"@id": "oa:sourceDateEnd", "@type": "xsd:dateTime"},
        "modified": {"@id": "dcterms:modified", "@type": "xsd:dateTime"},
    },
}  # fmt: skip


def expanded(text: bytes) -> list[dict[str, Any]]:
    """The document with every term as the address that it stands for; a term without one is an error."""
    return list(
        jsonld.expand(json.loads(text), {"documentLoader": _at_hand, "base": "https://here.example/"})
    )


def graph(text: bytes) -> dict[str, list[dict[str, Any]]]:
    """The things of the document by their type, flattened: each with its properties by address."""
    flat = jsonld.flatten(json.loads(text), None, {"documentLoader": _at_hand})
    found: dict[str, list[dict[str, Any]]] = {}
    for thing in flat:
        for type_ in thing.get("@type", ["?"]):
            found.setdefault(type_, []).append(thing)
    return found


def value(thing: dict[str, Any], name: str) -> Any:
    """The one value of a property, or the address of the thing that it names; None where there is none."""
    values = thing.get(name, [])
    assert len(values) <= 1, values
    return (values[0].get("@value", values[0].get("@id"))) if values else None


def _at_hand(address: str, options: dict[str, Any]) -> dict[str, Any]:
    return {"contextUrl": None, "documentUrl": address, "document": {"@context": _CONTEXTS[address]}}
