#!/usr/bin/env python3
"""PyTorch's side of the test of model files.

  interoperability.py train MODEL CORPUS TYPE   trains a small model, writes it, prints its loss on the corpus
  interoperability.py loss MODEL CORPUS         reads a model, prints its loss on the corpus

The loss is in nats a character over whole tunes, each from a zero state. safetensors is read and written by hand here,
so that the test needs nothing but PyTorch and does not check our reader with itself.
"""
import json
import struct
import sys

import torch
from torch import nn

MARKERS = ["<start>", "<end>"]


class Model(nn.Module):
    def __init__(self, shape, vocabulary):
        super().__init__()
        kind = {"lstm": nn.LSTM, "rnn": nn.RNN}[shape["model_type"]]
        self.embedding = nn.Embedding(vocabulary, shape["embedding_size"])
        self.rnn = kind(shape["embedding_size"], shape["hidden_size"], shape["layers"])
        self.linear = nn.Linear(shape["hidden_size"], vocabulary)

    def forward(self, inputs):
        return self.linear(self.rnn(self.embedding(inputs))[0])


def tunes(path):
    text = open(path, encoding="utf-8").read()
    return [part.split("<end>\n")[0] for part in text.split("<start>\n")[1:]]


def encode(tune, vocabulary):
    index = {entry: number for number, entry in enumerate(vocabulary)}
    return torch.tensor([index["<start>"], *(index[c] for c in tune), index["<end>"]])


def loss(model, corpus, vocabulary):
    nats = characters = 0
    with torch.no_grad():
        for tune in tunes(corpus):
            indices = encode(tune, vocabulary)
            logits = model(indices[:-1])
            nats += nn.functional.cross_entropy(logits, indices[1:], reduction="sum").item()
            # Counted over the text, in which the markers are spelled out on lines of their own.
            characters += len("<start>\n" + tune + "<end>\n") - 1
    return nats / characters


def write(path, model, vocabulary, shape):
    header = {"__metadata__": {
        "hornpipe.format": "1", "hornpipe.vocabulary": json.dumps(vocabulary), "hornpipe.model": json.dumps(shape)}}
    data = b""
    for name, tensor in model.state_dict().items():
        values = tensor.flatten().tolist()
        header[name] = {
            "dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + 4 * len(values)]}
        data += struct.pack(f"<{len(values)}f", *values)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def read(path):
    content = open(path, "rb").read()
    size, = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + size])
    metadata = header.pop("__metadata__")
    vocabulary = json.loads(metadata["hornpipe.vocabulary"])
    model = Model(json.loads(metadata["hornpipe.model"]), len(vocabulary))
    state = {}
    for name, tensor in header.items():
        start, end = tensor["data_offsets"]
        values = struct.unpack(f"<{(end - start) // 4}f", content[8 + size + start:8 + size + end])
        state[name] = torch.tensor(values).view(tensor["shape"])
    model.load_state_dict(state)
    return model, vocabulary


def train(path, corpus, kind):
    torch.manual_seed(1)
    shape = dict(model_type=kind, layers=2, embedding_size=9, hidden_size=33, dropout=0.0)
    vocabulary = MARKERS + sorted(set("".join(tunes(corpus))))
    model = Model(shape, len(vocabulary))
    optimizer = torch.optim.Adam(model.parameters(), 5e-3)
    for _ in range(15):
        for tune in tunes(corpus):
            indices = encode(tune, vocabulary)
            total = nn.functional.cross_entropy(model(indices[:-1]), indices[1:])
            optimizer.zero_grad()
            total.backward()
            optimizer.step()
    write(path, model, vocabulary, shape)
    return loss(model, corpus, vocabulary)


if __name__ == "__main__":
    torch.set_num_threads(1)
    if sys.argv[1] == "train":
        print(train(*sys.argv[2:5]))
    else:
        print(loss(*(lambda model: (model[0], sys.argv[3], model[1]))(read(sys.argv[2]))))
