"""A network and lessons go in; the network, taught, comes out. A run that is broken off goes on where it stopped."""

import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from training.lessons import Labels, Lesson, label_batch, list_batches, pad_windows, vary_question
from training.network import Batch, Network, Output

from coprod_cli.coding.encoder import EncoderInput, EncoderReading


@dataclass(frozen=True)
class Course:
    """How a network is taught. Found on one fold of five writers; training/RESULTS.md has what else was tried.

    planned: passes that the falling rate is planned for, where the course is ended before; 0 for as many as there are.
    rate: of the uppermost layer; each layer below learns at `slower` times the rate of the one above. rate_heads: of
    the heads. unasked, swapped: share of the lessons whose question is withheld, or put in place of by another's where
    the answer is long enough, so that the words are read first and the question does not sway them.
    """

    passes: int
    rate: float
    rate_heads: float
    slower: float = 0.9
    batch: int = 32
    unasked: float = 0.15
    swapped: float = 0.1
    warming: float = 0.08
    decay: float = 0.01
    seed: int = 20261122
    planned: int = 0


# How much each part of the loss weighs beside the presence of themes.
_STANCES, _LEVELS, _PIECES, _PIECE_STANCES = 1.0, 0.5, 2.0, 0.5
_STEEPEST = 1.0


def teach(network: Network, lessons: Sequence[Lesson], course: Course, saved: Path, name: str) -> None:
    """Teach a network in place; after each pass its state is saved, and taken up again if the run is repeated.

    bfloat16 is used for the products where the processor has it; the weights are kept in single precision.
    """
    torch.manual_seed(course.seed)
    optimiser = torch.optim.AdamW(_list_rates(network, course), betas=(0.9, 0.98), fused=True)
    rates = [group["lr"] for group in optimiser.param_groups]
    steps = (course.planned or course.passes) * len(list_batches(lessons, course.batch, random.Random(course.seed)))
    done = 0
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        done = state["passes"]
    network.train()
    for number in range(done, course.passes):
        begun = time.monotonic()
        chance = random.Random(course.seed + number)
        torch.manual_seed(course.seed + number)
        total = 0.0
        batches = list_batches(lessons, course.batch, chance)
        for place, batch in enumerate(batches):
            share = (number * len(batches) + place) / steps
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * min(share / course.warming, (1 - share) / (1 - course.warming))
            padded = pad_windows(
                [
                    vary_question(lesson, chance.choice(batch), course.unasked, course.swapped, chance)
                    for lesson in batch
                ]
            )
            with torch.autocast("cpu", torch.bfloat16):
                output = network(padded)
            loss = find_loss(output, label_batch(batch, padded.ids.shape[1]), padded)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), _STEEPEST)
            optimiser.step()
            total += float(loss.detach())
        saved.parent.mkdir(parents=True, exist_ok=True)
        state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "passes": number + 1}
        torch.save(state, saved.with_suffix(".part"))
        saved.with_suffix(".part").replace(saved)
        seconds = time.monotonic() - begun
        passed = f"{name}: pass {number + 1} of {course.passes}"
        print(f"{passed}, loss {total / len(batches):.3f}, {seconds:.0f} s", flush=True)
    network.eval()


def find_loss(output: Output, labels: Labels, batch: Batch) -> Tensor:
    """Mean over answers of the summed cross-entropies; stances and levels count for the themes that are there."""
    answers = len(batch.ids)
    loss = _cross(output.themes, labels.themes).sum() / answers
    there = labels.themes.bool()
    if there.any():
        loss = loss + _STANCES * _cross(output.stances[there], labels.stances[there]).sum() / answers
        loss = loss + _LEVELS * _cross(output.levels[there], labels.levels[there]).sum() / answers
        # The first piece stands for the whole answer and is evidence of nothing.
        own = batch.inside.clone()
        own[:, 0] = 0
        pieces = (_cross(output.pieces, labels.pieces) * own[..., None]).sum((1, 2)) / own.sum(1).clamp(min=1)
        loss = loss + _PIECES * pieces.mean()
        carrying = labels.piece_stances >= 0
        named = functional.cross_entropy(output.piece_stances[carrying], labels.piece_stances[carrying])
        loss = loss + _PIECE_STANCES * named
    return loss


def read_windows(network: Network, windows: Sequence[EncoderInput], size: int = 64) -> list[EncoderReading]:
    """What a network makes of windows, in single precision and in their order, as the shipped encoder reads them."""
    order = sorted(range(len(windows)), key=lambda place: len(windows[place].ids))
    readings: dict[int, EncoderReading] = {}
    network.eval()
    with torch.no_grad():
        for begin in range(0, len(order), size):
            places = order[begin : begin + size]
            output = network(pad_windows([windows[place] for place in places]))
            for row, place in enumerate(places):
                themes, stances, levels, pieces, piece_stances = (values[row].numpy() for values in output)
                own = slice(1, 1 + len(windows[place].places))
                readings[place] = EncoderReading(
                    themes, stances, levels, pieces[own], piece_stances[own], np.asarray(windows[place].places)
                )
    return [readings[place] for place in range(len(windows))]


def _cross(logits: Tensor, wanted: Tensor) -> Tensor:
    return functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")


def _list_rates(network: Network, course: Course) -> list[dict[str, object]]:
    count = len(network.layers)
    groups: list[dict[str, object]] = []
    for name, values in network.named_parameters():
        if not values.requires_grad:
            continue
        if name.startswith("layers."):
            rate = course.rate * math.pow(course.slower, count - int(name.split(".")[1]))
        elif name.startswith(("types.", "norm.")):
            rate = course.rate * math.pow(course.slower, count + 1)
        else:
            rate = course.rate_heads
        groups.append({"params": [values], "lr": rate, "weight_decay": course.decay if values.ndim > 1 else 0.0})
    return groups
