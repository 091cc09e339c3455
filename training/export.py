"""A taught network goes in; the files that ship, large tables as whole numbers of 8 bits, come out."""

import io

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from torch import Tensor, nn
from training.network import Batch, Network

_OPSET = 17
_LARGEST = 127
# The table of words is a fifth of what ships; six bits a value, 3 MB less, cost nothing that can be measured. Readings
# kept in training/runs do not know of this number: remove them (*.npz) where it is changed.
_LARGEST_OF_WORDS = 31
# Smaller tables are left as they are: nothing to save.
_LEAST_VALUES = 10_000
_INPUTS = ("words", "types", "inside", "role")
_OUTPUTS = ("themes", "stances", "levels", "pieces", "piece_stances", "meaning", "states")


class _Alone(nn.Module):
    """The network for one answer at a time: nothing is padded."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, words: Tensor, types: Tensor, inside: Tensor, role: Tensor) -> tuple[Tensor, ...]:
        """The outputs in the order of _OUTPUTS."""
        # Where the words come in, no number of a piece is asked for.
        batch = Batch(types, types, torch.ones_like(inside), inside, role)
        output, meaning, states = self.network.look(batch, words)
        return (*output, meaning, states)


def round_network(network: Network) -> None:
    """Put each large table of a network, in place, at the values that it has once shipped."""
    with torch.no_grad():
        for name, values in network.named_parameters():
            if _is_table(values.ndim, values.numel()):
                whole, scale = _round(values.numpy(), _LARGEST_OF_WORDS if name == "words.weight" else _LARGEST)
                values.copy_(torch.from_numpy(whole.astype(np.float32) * scale))


def export_network(network: Network) -> bytes:
    """The ONNX file of a network: inputs _INPUTS, outputs _OUTPUTS, any number of pieces, one answer at a time.

    What each word means comes in as an input (see export_words), so that two networks can share that table.

    Each large table is int8 with one scale a row of the network's own table, widened by the runtime as it loads; all
    sums are in single precision, so results do not hang on how a processor handles small whole numbers.
    """
    network.eval()
    words = network.words(torch.ones(1, 12, dtype=torch.long))
    fed = (words, torch.zeros(1, 12, dtype=torch.long), torch.ones(1, 12), torch.zeros(1, dtype=torch.long))
    growing = ("words", "types", "inside", "pieces", "piece_stances", "states")
    buffer = io.BytesIO()
    torch.onnx.export(
        _Alone(network),
        fed,
        buffer,
        input_names=list(_INPUTS),
        output_names=list(_OUTPUTS),
        dynamic_axes={name: {1: "pieces"} for name in growing},
        opset_version=_OPSET,
        dynamo=False,
    )
    model = onnx.load_from_string(buffer.getvalue())
    _narrow(model)
    _set_aside(model, "states")
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


def export_words(network: Network) -> bytes:
    """The .npz file of a network's table of words: whole numbers, and the scale of each row."""
    whole, scale = _round(network.words.weight.detach().numpy(), _LARGEST_OF_WORDS)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, whole=whole, scale=scale)
    return buffer.getvalue()


def _narrow(model: onnx.ModelProto) -> None:
    """Put whole numbers in the place of each large table: widened once, or row by row where rows are looked up."""
    graph = model.graph
    kept, widened, looked_up = [], [], set()
    for table in graph.initializer:
        values = numpy_helper.to_array(table)
        if values.dtype != np.float32 or not _is_table(values.ndim, values.size):
            kept.append(table)
            continue
        by_row = any(node.op_type == "Gather" and node.input[0] == table.name for node in graph.node)
        # The exporter turns the table of a linear layer on its side: there a row of the network's is a column.
        whole, scale = _round(values) if by_row else (side.T for side in _round(values.T))
        kept.append(numpy_helper.from_array(np.ascontiguousarray(whole), f"{table.name}.whole"))
        kept.append(numpy_helper.from_array(np.ascontiguousarray(scale), f"{table.name}.scale"))
        if by_row:
            looked_up.add(table.name)
        else:
            widened += _widen(table.name, f"{table.name}.whole", f"{table.name}.scale")
    nodes = []
    for node in graph.node:
        by_row = node.op_type == "Gather" and node.input[0] in looked_up
        nodes += _look_up(node) if by_row else [node]
    del graph.initializer[:]
    del graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend([*widened, *nodes])


def _widen(name: str, whole: str, scale: str) -> list[onnx.NodeProto]:
    """Whole numbers times their scale, under a name."""
    wide = f"{name}.wide"
    return [
        helper.make_node("Cast", [whole], [wide], to=onnx.TensorProto.FLOAT),
        helper.make_node("Mul", [wide, scale], [name]),
    ]


def _look_up(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    """Rows of a table looked up as whole numbers and then widened: the table is never held in full."""
    (table, places), (rows,) = node.input, node.output
    parts = [f"{rows}.{part}" for part in ("whole", "scale")]
    picked = [
        helper.make_node("Gather", [f"{table}.{part}", places], [target], axis=0)
        for part, target in zip(("whole", "scale"), parts, strict=True)
    ]
    return [*picked, *_widen(rows, *parts)]


def _set_aside(model: onnx.ModelProto, output: str) -> None:
    """Make an output a copy: where later nodes read an output itself, the runtime joins nodes less, and sums differ."""
    inner = f"{output}.inner"
    for node in model.graph.node:
        for names in (node.input, node.output):
            names[:] = [inner if name == output else name for name in names]
    model.graph.node.append(helper.make_node("Identity", [inner], [output]))


def _is_table(dimensions: int, values: int) -> bool:
    return dimensions == len(("rows", "columns")) and values >= _LEAST_VALUES


def _round(values: NDArray[np.float32], largest: int = _LARGEST) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    scale = np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-9).astype(np.float32) / np.float32(largest)
    return np.rint(values / scale).astype(np.int8), scale
