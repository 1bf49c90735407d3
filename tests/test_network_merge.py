"""The whole network of a large build, made of its parts: that of the store, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pskg import present
from pskg.cli import main
from pskg.graph.names import ID
from pskg.graph.store import BuildGraph, GraphError
from pskg.pipeline import build
from pskg.use import batches
from pskg.use.network import NETWORK_FORMATS, disk, export_network, merge, to_network
from test_network import edges_in, edges_of, nodes_of

#: Four documents, each of which cites the one above it; some name a body of another's.
CHAIN = {
    "state": """国务院关于印发“十三五”甲乙丙规划的通知
国发〔2017〕9号
各省、自治区、直辖市人民政府:
一、基本公共教育
1.均衡教育资源。(教育部牵头,财政部配合,各省级政府负责)
""",
    "province": """甘肃省人民政府关于印发甘肃省“十三五”甲乙丙规划的通知
甘政发〔2017〕46号
各市、自治州人民政府:
根据《国务院关于印发“十三五”甲乙丙规划的通知》(国发〔2017〕9号),制定本规划。
一、基本公共教育
1.均衡教育资源。(省教育厅牵头,省财政厅配合,各市州政府负责)
到2020年,九年义务教育巩固率达到95%。
""",
    "city": """陇南市人民政府关于印发陇南市甲乙丙方案的通知
陇政发〔2018〕5号
各县(区)人民政府:
根据《甘肃省“十三五”甲乙丙规划》,制定本方案。
一、基本公共教育
1.均衡教育资源。(市教育局牵头,市财政局配合,各县区政府负责)
到2020年,九年义务教育巩固率达到96%。
""",
    "county": """成县人民政府关于甲乙丙工作的实施意见
成政发〔2018〕7号
各乡镇人民政府:
根据《关于印发甲乙丙方案的通知》(陇政发〔2018〕5号),提出本意见。
一、基本公共教育
1.均衡教育资源。(县教育局牵头,陇南市教育局、县财政局配合)
""",
}


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> BuildGraph:
    folder = tmp_path_factory.mktemp("chain")
    for name, text in CHAIN.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assert build([folder], folder / "build", workers=1).failed == ()
    return BuildGraph(folder / "build")


@pytest.fixture(params=["the five documents", "a chain of citations"])
def several(request: pytest.FixtureRequest, graph: BuildGraph, chain: BuildGraph) -> BuildGraph:
    return graph if request.param == "the five documents" else chain


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every build is a large one, and a batch is one document."""
    monkeypatch.setattr(batches, "MANY", 0)
    monkeypatch.setattr(merge, "_BATCH", 1)


@pytest.mark.parametrize("fold", [True, False], ids=["folded", "unfolded"])
@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_bytes_as_from_the_store(
    several: BuildGraph,
    workers: int,
    fold: bool,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    for name in NETWORK_FORMATS:
        export_network(several, tmp_path / f"{name}.store", name, fold=fold)
    request.getfixturevalue("large")
    for name in NETWORK_FORMATS:
        export_network(several, tmp_path / name, name, fold=fold, workers=workers)
        assert (tmp_path / name).read_bytes() == (tmp_path / f"{name}.store").read_bytes()


def test_what_only_several_documents_tell(chain: BuildGraph, large: None) -> None:
    network = to_network(chain)
    same = {(source[:-10], target) for source, target, _ in edges_in(network, "same_as")}
    assert same == {
        (f"{ID}cited/100000/shisanwujiayibingguihua-", f"{ID}document/100000/guofa-2017-9"),
        (f"{ID}cited/620000/shisanwujiayibingguihua-", f"{ID}document/620000/ganzhengfa-2017-46"),
        (f"{ID}cited/621200/jiayibingfangan-", f"{ID}document/621200/longzhengfa-2018-5"),
    }
    # One document tells that the province's bureau guides the city's, another that there is one.
    city, province = (f"{ID}body/{code}/education" for code in ("621200", "620000"))
    assert network.has_edge(city, province, "guided_by")
    assert network.nodes[city]["names"] == "市教育局 | 陇南市教育局"


def test_a_network_in_memory_is_made_of_the_parts_too(
    several: BuildGraph, request: pytest.FixtureRequest
) -> None:
    wanted = to_network(several)
    request.getfixturevalue("large")
    network = to_network(several)
    assert list(network) == list(wanted)
    assert nodes_of(network) == nodes_of(wanted)
    assert edges_of(network) == edges_of(wanted)


def test_a_part_that_is_not_whole_is_taken_from_the_store(
    chain: BuildGraph, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    export_network(chain, tmp_path / "wanted", "graphml")
    shutil.copytree(chain.folder, tmp_path / "build")
    lost, changed, *_ = sorted((tmp_path / "build" / "parts").glob("*.nq"))
    lost.unlink()
    changed.write_bytes(changed.read_bytes()[:1000])
    request.getfixturevalue("large")
    export_network(BuildGraph(tmp_path / "build"), tmp_path / "given", "graphml", workers=1)
    assert (tmp_path / "given").read_bytes() == (tmp_path / "wanted").read_bytes()


def test_many_batches_are_merged_in_steps(
    chain: BuildGraph,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    export_network(chain, tmp_path / "wanted", "json")
    request.getfixturevalue("large")
    monkeypatch.setattr(disk, "_RUNS", 2)
    monkeypatch.setattr(disk, "_PIECE", 4)
    export_network(chain, tmp_path / "given", "json", workers=1)
    assert (tmp_path / "given").read_bytes() == (tmp_path / "wanted").read_bytes()


@pytest.mark.parametrize("workers", [1, 2])
def test_how_far_it_is_is_told(
    chain: BuildGraph, large: None, workers: int, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    export_network(
        chain,
        tmp_path / "n",
        "json",
        workers=workers,
        report=lambda *numbers: told.append(numbers),
    )
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_the_command_tells_how_far_it_is(
    chain: BuildGraph, large: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(present, "_LISTED", 0)
    arguments = ["export", "json", "--graph", str(chain.folder), "--out", str(tmp_path / "n")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert "4/4 exporting" in result.stderr


def test_a_part_of_a_large_build_is_still_read_by_look_ups(
    chain: BuildGraph, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    wanted = to_network(chain, region="陇南市")
    request.getfixturevalue("large")
    told: list[tuple[int, int]] = []
    export_network(
        chain, tmp_path / "n", "json", region="陇南市", report=lambda *_: told.append((0, 0))
    )
    assert told == []
    assert nodes_of(to_network(chain, region="陇南市")) == nodes_of(wanted)


@pytest.mark.parametrize("workers", [1, 2])
def test_no_room_on_disk_is_told(
    chain: BuildGraph, large: None, workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A folder of the name of the file that a batch is to leave.
    def taken(*_: object, prefix: str) -> Folder:
        return Folder(tmp_path)

    (tmp_path / "nodes.2").mkdir()
    monkeypatch.setattr("tempfile.TemporaryDirectory", taken)
    with pytest.raises(GraphError, match=r"the network cannot be sorted .*set TMPDIR"):
        export_network(chain, tmp_path / "n", "json", workers=workers)
    assert not (tmp_path / "n").exists()


class Folder:
    """A folder that is kept."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> str:
        return str(self._path)

    def __exit__(self, *_: object) -> None: ...
