#!/usr/bin/env python3
"""Writes reference.json: what PyTorch computes for three small models.

Run with PyTorch installed:  python3 generate_reference.py > reference.json
For each model: parameters, a batch, logits, the mean loss, every gradient, and the parameters after three
steps of AdamW with the gradient's norm clipped.
"""
import json

import torch
from torch import nn

VOCABULARY, EMBEDDING, HIDDEN, STEPS, LANES = 7, 3, 5, 4, 2
ADAM = dict(lr=0.01, betas=(0.9, 0.99), eps=1e-6, weight_decay=0.1)
CLIP = 0.1


class Model(nn.Module):
    def __init__(self, kind, layers):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, EMBEDDING)
        self.rnn = {"lstm": nn.LSTM, "rnn": nn.RNN}[kind](EMBEDDING, HIDDEN, layers)
        self.linear = nn.Linear(HIDDEN, VOCABULARY)

    def forward(self, inputs):
        return self.linear(self.rnn(self.embedding(inputs))[0])


def numbers(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().flatten().tolist()]


def state(model, read=lambda p: p):
    return {name: numbers(read(p)) for name, p in model.named_parameters()}


def case(kind, layers):
    model = Model(kind, layers)
    inputs = torch.randint(VOCABULARY, (STEPS, LANES))
    targets = torch.randint(VOCABULARY, (STEPS, LANES))
    result = {
        "model_type": kind,
        "layers": layers,
        "shapes": {name: list(p.shape) for name, p in model.named_parameters()},
        "parameters": state(model),
        "inputs": inputs.flatten().tolist(),
        "targets": targets.flatten().tolist(),
    }
    optimizer = torch.optim.AdamW(model.parameters(), **ADAM)
    for step in range(3):
        optimizer.zero_grad()
        logits = model(inputs)
        loss = nn.functional.cross_entropy(logits.reshape(-1, VOCABULARY), targets.flatten())
        loss.backward()
        if step == 0:
            result["logits"] = numbers(logits)
            result["loss"] = loss.item()
            result["gradients"] = state(model, lambda p: p.grad)
        nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
    result["after_three_steps"] = state(model)
    return result


def main():
    torch.manual_seed(1)
    torch.set_num_threads(1)
    cases = [case("lstm", 1), case("lstm", 2), case("rnn", 1), case("rnn", 2)]
    sizes = dict(vocabulary=VOCABULARY, embedding=EMBEDDING, hidden=HIDDEN, steps=STEPS, lanes=LANES)
    print(json.dumps({"torch": torch.__version__.split("+")[0], "sizes": sizes, "cases": cases}))


main()
