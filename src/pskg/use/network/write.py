"""Networks as files: GraphML, GEXF and node-link JSON.

Nodes and edges are written one after the other: the network may be on disk.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import count
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from pskg.graph.dump import open_in_one_step
from pskg.use.network.describe import EdgeData, NodeData, Scalar

__all__ = ["NETWORK_FORMATS", "Elements", "check_format", "choose_types", "write_elements"]

#: Characters that no XML file may hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: These, and those that are not written as they are: tabs, line ends and ``"&<>``.
_SPECIAL = re.compile("[^ !#-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Elements:
    """The nodes and edges of a network in order, and the types of their attributes by name.

    Where the types are not known, the writers of XML look for them first: they go through the
    nodes and edges twice.
    """

    nodes: Iterable[NodeData]
    edges: Iterable[EdgeData]
    node_types: Mapping[str, type] | None = None
    edge_types: Mapping[str, type] | None = None


def write_elements(elements: Elements, path: str | Path, format: str) -> None:
    """Write nodes and edges to a file. They are gone through once where their types are known.

    Raises:
        ValueError: the format is none of :data:`NETWORK_FORMATS`.
        GraphError: the file cannot be written.
    """
    check_format(format)
    with open_in_one_step(Path(path)) as file:
        out = TextIOWrapper(file, encoding="utf-8", newline="\n")
        NETWORK_FORMATS[format](elements, out)
        out.flush()
        out.detach()


def check_format(format: str) -> None:
    """Raises ValueError where this is no format of networks."""
    if format not in NETWORK_FORMATS:
        raise ValueError(f"no network format '{format}'; there are {', '.join(NETWORK_FORMATS)}")


def _write_json(elements: Elements, out: TextIO) -> None:
    encode = json.JSONEncoder(ensure_ascii=False).encode

    def write_list(things: Iterable[dict[str, Any]]) -> None:
        before = ""
        for thing in things:
            out.write(before + encode(thing))
            before = ",\n"

    out.write('{"directed": true, "multigraph": true, "graph": {},\n"nodes": [\n')
    write_list({"id": node, **data} for node, data in elements.nodes)
    out.write('\n],\n"edges": [\n')
    write_list(
        {"source": source, "target": target, "key": key, **data}
        for source, target, key, data in elements.edges
    )
    out.write("\n]}\n")


def _write_graphml(elements: Elements, out: TextIO) -> None:
    names = {bool: "boolean", int: "long", float: "double", str: "string"}
    of_nodes = _types_of_nodes(elements)
    of_edges = {"key": str, **_types_of_edges(elements)}
    out.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
        ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
    )
    for kind, types in (("node", of_nodes), ("edge", of_edges)):
        for name, type_ in types.items():
            out.write(
                f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}"'
                f' attr.type="{names[type_]}"/>\n'
            )

    def format_data(kind: str, types: dict[str, type], data: dict[str, Any]) -> str:
        return "".join(
            f'<data key="{kind}-{name}">{_format(value, types[name])}</data>'
            for name, value in data.items()
        )

    out.write('<graph edgedefault="directed">\n')
    for node, data in elements.nodes:
        out.write(f"<node id={_quote(node)}>{format_data('node', of_nodes, data)}</node>\n")
    for source, target, key, data in elements.edges:
        said = format_data("edge", of_edges, {"key": key, **data})
        out.write(f"<edge source={_quote(source)} target={_quote(target)}>{said}</edge>\n")
    out.write("</graph>\n</graphml>\n")


def _write_gexf(elements: Elements, out: TextIO) -> None:
    names = {bool: "boolean", int: "long", float: "double", str: "string"}
    of_nodes = _types_of_nodes(elements)
    of_edges = {"networkx_key": str, **_types_of_edges(elements)}
    of_nodes.pop("label", None)
    out.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://www.gexf.net/1.2draft"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:schemaLocation="http://www.gexf.net/1.2draft'
        ' http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">\n'
        '<graph mode="static" defaultedgetype="directed">\n'
    )
    numbers: dict[str, dict[str, int]] = {"node": {}, "edge": {}}
    number = count()
    for kind, types in (("node", of_nodes), ("edge", of_edges)):
        out.write(f'<attributes class="{kind}" mode="static">\n')
        for name, type_ in types.items():
            numbers[kind][name] = next(number)
            out.write(
                f'<attribute id="{numbers[kind][name]}" title="{name}" type="{names[type_]}"/>\n'
            )
        out.write("</attributes>\n")

    def format_data(kind: str, types: dict[str, type], data: dict[str, Any]) -> str:
        values = "".join(
            f'<attvalue for="{numbers[kind][name]}" value={_quote(value, types[name])}/>'
            for name, value in data.items()
        )
        return f"<attvalues>{values}</attvalues>"

    out.write("<nodes>\n")
    for node, data in elements.nodes:
        label = _quote(data.get("label") or node)
        said = format_data("node", of_nodes, {k: v for k, v in data.items() if k != "label"})
        out.write(f"<node id={_quote(node)} label={label}>{said}</node>\n")
    out.write("</nodes>\n<edges>\n")
    for place, (source, target, key, data) in enumerate(elements.edges):
        role = _quote(data.get("role") or key)
        ends = f"source={_quote(source)} target={_quote(target)}"
        said = format_data("edge", of_edges, {"networkx_key": key, **data})
        out.write(f'<edge id="{place}" {ends} label={role}>{said}</edge>\n')
    out.write("</edges>\n</graph>\n</gexf>\n")


def _types_of_nodes(elements: Elements) -> dict[str, type]:
    if elements.node_types is not None:
        return dict(elements.node_types)
    return choose_types(pair for _, data in elements.nodes for pair in _pair_types(data))


def _types_of_edges(elements: Elements) -> dict[str, type]:
    if elements.edge_types is not None:
        return dict(elements.edge_types)
    return choose_types(pair for *_, data in elements.edges for pair in _pair_types(data))


def _pair_types(data: dict[str, Any]) -> Iterable[tuple[str, type]]:
    return ((name, type(value)) for name, value in data.items())


def choose_types(pairs: Iterable[tuple[str, type]]) -> dict[str, type]:
    """The type of each attribute: the one its values have, the wider of two kinds of number.

    >>> choose_types([("share", float), ("no", str), ("share", int)])
    {'no': <class 'str'>, 'share': <class 'float'>}
    """
    found: dict[str, set[type]] = {}
    for name, type_ in pairs:
        found.setdefault(name, set()).add(type_)
    return {
        name: next(iter(types)) if len(types) == 1 else float if types == {int, float} else str
        for name, types in sorted(found.items())
    }


def _format(value: Scalar, type_: type) -> str:
    """A value as it stands between two tags."""
    text = value if type_ is str and isinstance(value, str) else _say(value, type_)
    # Most is written as it is, which is soon seen.
    return escape(_NOT_XML.sub("", text), {"\r": "&#13;"}) if _SPECIAL.search(text) else text


def _quote(value: Scalar, type_: type = str) -> str:
    """A value as that of an XML attribute, in quotes."""
    text = value if type_ is str and isinstance(value, str) else _say(value, type_)
    return quoteattr(_NOT_XML.sub("", text)) if _SPECIAL.search(text) else f'"{text}"'


def _say(value: Scalar, type_: type) -> str:
    if type_ is bool:
        return "true" if value else "false"
    return str(type_(value))


#: The formats by name.
NETWORK_FORMATS: dict[str, Callable[[Elements, TextIO], None]] = {
    "graphml": _write_graphml,
    "gexf": _write_gexf,
    "json": _write_json,
}
