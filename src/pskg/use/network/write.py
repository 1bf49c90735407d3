"""Networks as files: GraphML, GEXF and node-link JSON.

Nodes and edges are written one after the other: the network may be on disk.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from itertools import count
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from pskg.graph.dump import open_in_one_step
from pskg.use.network.describe import EdgeData, NodeData, Scalar

__all__ = ["NETWORK_FORMATS", "check_format", "write_elements"]

#: Characters that no XML file may hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_elements(
    nodes: Iterable[NodeData], edges: Iterable[EdgeData], path: str | Path, format: str
) -> None:
    """Write nodes and edges, which are gone through more than once, to a file.

    Raises:
        ValueError: the format is none of :data:`NETWORK_FORMATS`.
        GraphError: the file cannot be written.
    """
    check_format(format)
    with open_in_one_step(Path(path)) as file:
        out = TextIOWrapper(file, encoding="utf-8", newline="\n")
        NETWORK_FORMATS[format](nodes, edges, out)
        out.flush()
        out.detach()


def check_format(format: str) -> None:
    """Raises ValueError where this is no format of networks."""
    if format not in NETWORK_FORMATS:
        raise ValueError(f"no network format '{format}'; there are {', '.join(NETWORK_FORMATS)}")


def _write_json(nodes: Iterable[NodeData], edges: Iterable[EdgeData], out: TextIO) -> None:
    def write_list(things: Iterable[dict[str, Any]]) -> None:
        before = ""
        for thing in things:
            out.write(before + json.dumps(thing, ensure_ascii=False))
            before = ",\n"

    out.write('{"directed": true, "multigraph": true, "graph": {},\n"nodes": [\n')
    write_list({"id": node, **data} for node, data in nodes)
    out.write('\n],\n"edges": [\n')
    write_list(
        {"source": source, "target": target, "key": key, **data}
        for source, target, key, data in edges
    )
    out.write("\n]}\n")


def _write_graphml(nodes: Iterable[NodeData], edges: Iterable[EdgeData], out: TextIO) -> None:
    names = {bool: "boolean", int: "long", float: "double", str: "string"}
    of_nodes = _attribute_types(data for _, data in nodes)
    of_edges = {"key": str, **_attribute_types(data for *_, data in edges)}
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

    def write_data(kind: str, types: dict[str, type], data: dict[str, Any]) -> None:
        for name, value in data.items():
            text = escape(_format(value, types[name]), {"\r": "&#13;"})
            out.write(f'<data key="{kind}-{name}">{text}</data>')

    out.write('<graph edgedefault="directed">\n')
    for node, data in nodes:
        out.write(f"<node id={quoteattr(node)}>")
        write_data("node", of_nodes, data)
        out.write("</node>\n")
    for source, target, key, data in edges:
        out.write(f"<edge source={quoteattr(source)} target={quoteattr(target)}>")
        write_data("edge", of_edges, {"key": key, **data})
        out.write("</edge>\n")
    out.write("</graph>\n</graphml>\n")


def _write_gexf(nodes: Iterable[NodeData], edges: Iterable[EdgeData], out: TextIO) -> None:
    names = {bool: "boolean", int: "long", float: "double", str: "string"}
    of_nodes = _attribute_types(data for _, data in nodes)
    of_edges = {"networkx_key": str, **_attribute_types(data for *_, data in edges)}
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

    def write_data(kind: str, types: dict[str, type], data: dict[str, Any]) -> None:
        out.write("<attvalues>")
        for name, value in data.items():
            text = quoteattr(_format(value, types[name]))
            out.write(f'<attvalue for="{numbers[kind][name]}" value={text}/>')
        out.write("</attvalues>")

    out.write("<nodes>\n")
    for node, data in nodes:
        label = quoteattr(_format(data.get("label") or node, str))
        out.write(f"<node id={quoteattr(node)} label={label}>")
        write_data("node", of_nodes, {name: data[name] for name in data if name != "label"})
        out.write("</node>\n")
    out.write("</nodes>\n<edges>\n")
    for place, (source, target, key, data) in enumerate(edges):
        role = quoteattr(_format(data.get("role") or key, str))
        ends = f"source={quoteattr(source)} target={quoteattr(target)}"
        out.write(f'<edge id="{place}" {ends} label={role}>')
        write_data("edge", of_edges, {"networkx_key": key, **data})
        out.write("</edge>\n")
    out.write("</edges>\n</graph>\n</gexf>\n")


def _attribute_types(every: Iterable[dict[str, Any]]) -> dict[str, type]:
    """The type of each attribute: the one its values have, the wider of two kinds of number."""
    found: dict[str, set[type]] = {}
    for data in every:
        for name, value in data.items():
            found.setdefault(name, set()).add(type(value))
    return {
        name: next(iter(types)) if len(types) == 1 else float if types == {int, float} else str
        for name, types in sorted(found.items())
    }


def _format(value: Scalar, type_: type) -> str:
    if type_ is bool:
        return "true" if value else "false"
    return _NOT_XML.sub("", str(type_(value)))


#: The formats by name.
NETWORK_FORMATS: dict[str, Callable[[Iterable[NodeData], Iterable[EdgeData], TextIO], None]] = {
    "graphml": _write_graphml,
    "gexf": _write_gexf,
    "json": _write_json,
}
