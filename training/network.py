"""A sentence encoder's own weights go in; a network that codes answers, ready to be taught and then shipped, comes out.

The encoder is a BERT (Devlin et al. 2019) of any size, MiniLM's weights as shipped. On it stand small heads: for each
theme an attention over the pieces of the answer (label attention, Mullenbach et al. 2018), from which presence, stances
and levels are read; and for each piece, whether it is evidence of a theme and with which stance.
"""

import json
import math
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

THEMES, STANCES, LEVELS, ROLES = 20, 3, 3, 5
# How sharply the attention of a theme starts; found useful once and left.
_SHARPNESS = 8.0
_MASKED = -1e4
_EPSILON = 1e-12


class Batch(NamedTuple):
    """Answers as the network takes them, answers x pieces (role: answers).

    ids: pieces of answer and question, padded. real: 0 for padding. inside: 1 for the first piece and the answer's own.
    """

    ids: Tensor
    types: Tensor
    real: Tensor
    inside: Tensor
    role: Tensor


class Output(NamedTuple):
    """Logits. themes: answers x themes. stances, levels: answers x themes x 3. pieces: answers x pieces x themes.

    piece_stances: answers x pieces x themes x 3.
    """

    themes: Tensor
    stances: Tensor
    levels: Tensor
    pieces: Tensor
    piece_stances: Tensor


class Layer(nn.Module):
    """One layer of a BERT, its three projections in one matrix."""

    def __init__(self, size: int, inner: int, heads: int, drop: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(size, 3 * size)
        self.mix = nn.Linear(size, size)
        self.norm_mix = nn.LayerNorm(size, _EPSILON)
        self.up = nn.Linear(size, inner)
        self.down = nn.Linear(inner, size)
        self.norm_down = nn.LayerNorm(size, _EPSILON)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """States of pieces to states of pieces; answers x pieces x size. bias is added to the attention's logits."""
        answers, pieces, size = x.shape
        q, k, v = self.qkv(x).view(answers, pieces, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        weights = ((q @ k.transpose(-1, -2)) * (1 / math.sqrt(size // self.heads)) + bias).softmax(-1)
        mixed = (weights @ v).transpose(1, 2).reshape(answers, pieces, size)
        x = self.norm_mix(x + self.drop(self.mix(mixed)))
        return self.norm_down(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self, folder: Path, drop: float = 0.1) -> None:
        """Read a BERT's config.json and model.safetensors; the heads start small and at random (torch's seed)."""
        super().__init__()
        shape = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        size = shape["hidden_size"]
        self.words = nn.Embedding(shape["vocab_size"], size)
        self.places = nn.Embedding(shape["max_position_embeddings"], size)
        self.types = nn.Embedding(shape["type_vocab_size"], size)
        self.norm = nn.LayerNorm(size, _EPSILON)
        self.drop = nn.Dropout(drop)
        self.layers = nn.ModuleList(
            Layer(size, shape["intermediate_size"], shape["num_attention_heads"], drop)
            for _ in range(shape["num_hidden_layers"])
        )
        self.query = nn.Parameter(torch.randn(THEMES, size) * 0.02)
        self.key = nn.Linear(size, size)
        self.theme = nn.Parameter(torch.randn(THEMES, size) * 0.02)
        self.theme_of_all = nn.Linear(size, THEMES)
        self.stance = nn.Linear(size, STANCES)
        self.stance_of_theme = nn.Parameter(torch.zeros(THEMES, STANCES, size))
        self.level = nn.Linear(size, LEVELS)
        self.level_of_theme = nn.Parameter(torch.zeros(THEMES, LEVELS, size))
        self.level_of_all = nn.Linear(size, LEVELS)
        self.role = nn.Embedding(ROLES, size)
        self.piece = nn.Linear(size, THEMES)
        self.piece_stance = nn.Linear(size, STANCES)
        self.piece_stance_of_theme = nn.Linear(size, THEMES * STANCES)
        nn.init.zeros_(self.role.weight)
        nn.init.zeros_(self.piece_stance_of_theme.weight)
        self._take(load_file(folder / "model.safetensors"))
        # Most words of a survey are rare in the corpus: what the encoder knows of them is better left alone.
        self.words.weight.requires_grad_(False)
        self.places.weight.requires_grad_(False)

    def encode(self, batch: Batch, words: Tensor | None = None) -> Tensor:
        """States of the pieces; answers x pieces x size. words: rows of the table of words, else looked up here."""
        places = torch.arange(batch.types.shape[1])
        words = self.words(batch.ids) if words is None else words
        x = self.drop(self.norm(words + self.places(places) + self.types(batch.types)))
        bias = ((1 - batch.real) * _MASKED)[:, None, None, :].to(x.dtype)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, batch: Batch) -> Output:
        """Logits of all heads, in single precision."""
        return self.look(batch)[0]

    def look(self, batch: Batch, words: Tensor | None = None) -> tuple[Output, Tensor, Tensor]:
        """The same, with the mean state of each answer's own pieces, answers x size, and every state."""
        states = self.drop(self.encode(batch, words))
        answers, pieces, size = states.shape
        inside = batch.inside.to(states.dtype)
        mean = (states * inside[..., None]).sum(1) / inside.sum(1, keepdim=True)
        whole = self.drop(mean + self.role(batch.role))
        looks = (self.query @ self.key(states).transpose(1, 2)) * (_SHARPNESS / math.sqrt(size))
        looks = (looks.float() + (1 - inside.float())[:, None] * _MASKED).softmax(-1).to(states.dtype)
        seen = looks @ states
        seen_by = seen + self.role(batch.role)[:, None]
        piece_stances = self.piece_stance_of_theme(states).view(answers, pieces, THEMES, STANCES)
        output = Output(
            themes=((seen * self.theme).sum(-1) + self.theme_of_all(whole)).float(),
            stances=(self.stance(seen) + _by_theme(seen, self.stance_of_theme)).float(),
            levels=(
                self.level(seen_by) + _by_theme(seen_by, self.level_of_theme) + self.level_of_all(whole)[:, None]
            ).float(),
            pieces=self.piece(states).float(),
            piece_stances=(self.piece_stance(states)[:, :, None] + piece_stances).float(),
        )
        return output, mean, states

    def _take(self, weights: dict[str, Tensor]) -> None:
        """Put a BERT's weights, under the names of its authors, in their places."""

        def put(module: nn.Module, name: str) -> None:
            for part, values in module.named_parameters():
                values.data = weights[f"{name}.{part}"].clone()

        put(self.words, "embeddings.word_embeddings")
        put(self.places, "embeddings.position_embeddings")
        put(self.types, "embeddings.token_type_embeddings")
        put(self.norm, "embeddings.LayerNorm")
        for place, layer in enumerate(self.layers):
            name = f"encoder.layer.{place}"
            heads = [f"{name}.attention.self.{each}" for each in ("query", "key", "value")]
            layer.qkv.weight.data = torch.cat([weights[f"{head}.weight"] for head in heads])
            layer.qkv.bias.data = torch.cat([weights[f"{head}.bias"] for head in heads])
            put(layer.mix, f"{name}.attention.output.dense")
            put(layer.norm_mix, f"{name}.attention.output.LayerNorm")
            put(layer.up, f"{name}.intermediate.dense")
            put(layer.down, f"{name}.output.dense")
            put(layer.norm_down, f"{name}.output.LayerNorm")


def _by_theme(seen: Tensor, table: Tensor) -> Tensor:
    # A product and a sum, as an ONNX runtime has no better way for einsum: answers x themes x outputs.
    return (seen[:, :, None, :] * table).sum(-1)
