#!/usr/bin/env python3
"""Writes training.json: the losses of fifty updates in PyTorch, for training runs that the tests repeat.

Run with PyTorch installed:  python3 generate_training.py > training.json
Initial weights and texts come from formulas that the test knows too, so that only losses need be kept. Dropout is
off: no two libraries draw the same masks.
"""
import json
import math

import torch
from torch import nn

UPDATES = 50


def weights(model):
    """0.08 · sin(1 + 0.7 i + 1.3 n) for element i of parameter n, in double precision, then rounded."""
    with torch.no_grad():
        for n, parameter in enumerate(model.parameters()):
            values = [0.08 * math.sin(1 + 0.7 * i + 1.3 * n) for i in range(parameter.numel())]
            parameter.copy_(torch.tensor(values, dtype=torch.float64).float().view_as(parameter))


def text(update, lane, length, vocabulary):
    """A text that repeats itself, so that there is something to learn."""
    period = 3 + (update + lane) % 5
    return [(7 * lane + 11 * (t % period) + update % 3) % vocabulary for t in range(length)]


class Model(nn.Module):
    def __init__(self, case):
        super().__init__()
        self.embedding = nn.Embedding(case["vocabulary"], case["embedding"])
        kind = {"lstm": nn.LSTM, "rnn": nn.RNN}[case["model_type"]]
        self.rnn = kind(case["embedding"], case["hidden"], case["layers"])
        self.linear = nn.Linear(case["hidden"], case["vocabulary"])

    def forward(self, inputs, state):
        output, state = self.rnn(self.embedding(inputs), state)
        return self.linear(output), state


def run(case):
    model = Model(case)
    weights(model)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=case["learning_rate"], weight_decay=case["weight_decay"])
    steps, lanes = case["steps"], case["lanes"]
    losses, state = [], None
    for update in range(UPDATES):
        texts = torch.tensor([text(update, lane, steps + 1, case["vocabulary"]) for lane in range(lanes)]).T
        logits, state = model(texts[:-1], state if case["carries_state"] else None)
        state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
        total = nn.functional.cross_entropy(
            logits.reshape(-1, case["vocabulary"]), texts[1:].reshape(-1), reduction="sum")
        # The paper divides the losses of a slice by its characters, one more than it predicts.
        loss = total / (lanes * (steps + 1 if case["is_paper"] else steps))
        optimizer.zero_grad()
        loss.backward()
        if case["gradient_clip"]:
            nn.utils.clip_grad_norm_(model.parameters(), case["gradient_clip"])
        optimizer.step()
        losses.append(float(f"{total.item() / (lanes * steps):.9g}"))
    return {**case, "losses": losses}


PAPER = dict(
    vocabulary=93, embedding=150, hidden=150, layers=1, steps=29, lanes=1, learning_rate=1e-3, weight_decay=0,
    gradient_clip=None, carries_state=False, is_paper=True)
STREAMS = dict(
    vocabulary=31, embedding=10, hidden=37, layers=2, steps=20, lanes=6, learning_rate=4e-3, weight_decay=0.05,
    gradient_clip=0.5, carries_state=True, is_paper=False)

if __name__ == "__main__":
    torch.set_num_threads(1)
    cases = [
        run({"model_type": kind, **shape}) for shape in (PAPER, STREAMS) for kind in ("lstm", "rnn")]
    print(json.dumps({"torch": torch.__version__, "cases": cases}, indent=1))
