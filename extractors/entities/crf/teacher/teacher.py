#!/usr/bin/env python3
"""Makes silver data for the tagger of names: a small pretrained encoder, fine-tuned on annotated names, labels articles.

The encoder is no part of quoth. It knows organizations that the annotated data do not hold; the tagger learns them from its
labels. `make silver` runs these commands; docs/models.md says what they are worth.

  teacher.py align --articles articles.jsonl tagged.conll -o gold.conll
  teacher.py --base DIR train --train FILE[=WEIGHT] ... [--no-misc FILE ...] [--dev FILE ...] -o teacher.pt
  teacher.py --base DIR label --model teacher.pt -o silver.conll tagged.conll

Files are CoNLL as `quoth tag` writes it: a token, a tab and a tag, a blank line between sentences, a line -DOCSTART- before
each document. The tag ? is for a token without a label. For label, tagged.conll has the probabilities of a tagger that was
trained on the annotated data alone (`quoth tag --probabilities`); the labels are the mean of both.

The same files and options give the same labels on one kind of processor.
"""
import argparse
import json
import math
import os
import random
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer

LAYERS, WIDTH, HEADS, PIECES = 6, 384, 12, 30522
TYPES = ["PER", "LOC", "ORG", "MISC"]
TAGS = ["O"] + [part + "-" + t for t in TYPES for part in "BI"]
NUMBER = {t: i for i, t in enumerate(TAGS)} | {"?": -1}
O_OR_MISC = [NUMBER["O"], NUMBER["B-MISC"], NUMBER["I-MISC"]]
CLS, SEP, UNKNOWN = 101, 102, 100  # word pieces
HALF = torch.cpu._is_amx_tile_supported()  # bfloat16 is slower by far without matrix instructions
LONGEST = 12  # pieces of a word that are looked at


def read(path):
    """Returns the documents of a file: lists of sentences, which are lists of tokens with tags."""
    docs, sentence = [[]], []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            start = line.startswith("-DOCSTART-")
            if start or not line:
                if sentence:
                    docs[-1].append(sentence)
                    sentence = []
                if start:
                    docs.append([])
                continue
            columns = line.split("\t")
            sentence.append((columns[0], columns[-1]))
    if sentence:
        docs[-1].append(sentence)
    return [d for d in docs if d]


def write(out, doc, tags):
    """Writes a document with the given tags of its sentences."""
    out.write("-DOCSTART-\tO\n\n")
    for sentence, row in zip(doc, tags):
        for (word, _), tag in zip(sentence, row):
            out.write(f"{word}\t{tag}\n")
        out.write("\n")


def align(args):
    """Writes the annotated names of articles as tags of quoth's tokens, ? where a name does not fit them."""
    docs = iter(read(args.tagged))
    with open(args.articles, encoding="utf-8") as lines, open(args.output, "w", encoding="utf-8") as out:
        for line in lines:
            article = json.loads(line)
            doc, at, tags = next(docs), 0, []
            for sentence in doc:
                bounds = []
                for word, _ in sentence:
                    start = article["text"].index(word, at)
                    at = start + len(word)
                    bounds.append((start, at))
                tags.append(fit(bounds, article["entities"]))
            write(out, doc, tags)


def fit(bounds, names):
    """Returns the tags of the tokens with the given bounds."""
    tags = ["O"] * len(bounds)
    for name in names:
        inside = [k for k, (start, end) in enumerate(bounds) if start < name["end"] and end > name["start"]]
        if not inside:
            continue
        fits = bounds[inside[0]][0] == name["start"] and bounds[inside[-1]][1] == name["end"]
        for k in inside:
            tags[k] = ("B-" if k == inside[0] else "I-") + name["type"] if fits else "?"
    return tags


STRETCH = 50  # letters and digits that no two articles share by chance


def stretches(text, step):
    """Returns stretches of the letters and digits of a text."""
    plain = "".join(c for c in text.lower() if c.isalnum())
    return {plain[i : i + STRETCH] for i in range(0, len(plain) - STRETCH + 1, step)}


def held_out(paths):
    """Returns what gives the articles of JSON Lines files away."""
    out = set()
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                out |= stretches(json.loads(line)["text"], STRETCH)
    return out


def shape(word):
    """Returns the class of a word's capitals, which the pieces do not show."""
    if not any(c.isalpha() for c in word):
        return 1 if any(c.isdigit() for c in word) else 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if len(word) > 1 else 5
    if word[0].isupper():
        return 6 if word[1:].islower() else 7
    return 8


SHAPES = 9


class Splitter:
    """Cuts words into pieces and packs sentences of a document into sequences of bounded length."""

    def __init__(self, base, length):
        self.tokenizer = Tokenizer.from_file(os.path.join(base, "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.length = length
        self.known = {}

    def pieces(self, word):
        ids = self.known.get(word)
        if ids is None:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids[:LONGEST] or [UNKNOWN]
            self.known[word] = ids
        return ids

    def pack(self, docs):
        """Returns sequences: ids, shapes, the place of each word's first piece, the tags' numbers. Words keep their order."""
        out = []
        for doc in docs:
            current = None
            for sentence in doc:
                k = 0
                while k < len(sentence):
                    part = ([], [], [], [])
                    while k < len(sentence):
                        word, tag = sentence[k]
                        ids = self.pieces(word)
                        if len(part[0]) + len(ids) > self.length - 2:
                            break
                        part[2].append(len(part[0]))
                        part[0].extend(ids)
                        part[1].extend([shape(word)] * len(ids))
                        part[3].append(NUMBER.get(tag, 0))
                        k += 1
                    if current and len(current[0]) + len(part[0]) <= self.length - 2:
                        part[2][:] = [p + len(current[0]) for p in part[2]]
                        for to, add in zip(current, part):
                            to.extend(add)
                    else:
                        if current:
                            out.append(current)
                        current = part
            if current:
                out.append(current)
        return out


def batch(items):
    """Returns tensors for (sequence, weight, is MISC left out) items: ids, shapes, mask, tags, weights, left out."""
    length = (max(len(s[0]) for s, _, _ in items) + 2 + 15) // 16 * 16
    size = (len(items), length)
    ids, shapes = np.zeros(size, np.int64), np.zeros(size, np.int64)
    mask, tags = np.zeros(size, bool), np.full(size, -1, np.int64)
    weights, left_out = np.zeros(size, np.float32), np.zeros(size, bool)
    for i, ((pieces, kinds, first, numbers), weight, no_misc) in enumerate(items):
        n = len(pieces)
        ids[i, 0], ids[i, 1 : n + 1], ids[i, n + 1] = CLS, pieces, SEP
        shapes[i, 1 : n + 1] = kinds
        mask[i, : n + 2] = True
        at = np.asarray(first) + 1
        tags[i, at], weights[i, at], left_out[i, at] = numbers, weight, no_misc
    return [torch.from_numpy(x) for x in (ids, shapes, mask, tags, weights, left_out)]


class Dropout(nn.Module):
    """Dropout with masks cut from one pool of random bits: new ones take a sixth of the time of training on a CPU."""

    pool = None

    def forward(self, x):
        if not self.training:
            return x
        if Dropout.pool is None:
            Dropout.pool = (torch.rand(1 << 24) >= 0.1).to(torch.bfloat16) / 0.9
        at = random.randrange(Dropout.pool.numel() - x.numel())
        return x * Dropout.pool[at : at + x.numel()].view(x.shape).to(x.dtype)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.wide, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = Dropout()

    def forward(self, x, mask):
        rows, length, _ = x.shape
        q, k, v = (f(x).view(rows, length, HEADS, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        weights = torch.softmax((q * (WIDTH // HEADS) ** -0.5) @ k.transpose(-1, -2) + mask, -1).to(v.dtype)
        x = self.norm1(x + self.drop(self.output((weights @ v).transpose(1, 2).reshape(rows, length, WIDTH))))
        return self.norm2(x + self.drop(self.narrow(F.gelu(self.wide(x)))))


class Encoder(nn.Module):
    """The encoder, with the shape of each word added to its input and output, and a layer of tags on top."""

    def __init__(self):
        super().__init__()
        self.words, self.places = nn.Embedding(PIECES, WIDTH), nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.shapes, self.shape_tags = nn.Embedding(SHAPES, WIDTH), nn.Embedding(SHAPES, len(TAGS))
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.shape_tags.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop, self.tags = Dropout(), nn.Linear(WIDTH, len(TAGS))

    def start_from(self, base):
        """Copies the pretrained weights."""
        weights = load_file(os.path.join(base, "model.safetensors"))
        at = "embeddings."
        self.words.weight.data.copy_(weights[at + "word_embeddings.weight"])
        self.places.weight.data.copy_(weights[at + "position_embeddings.weight"])
        self.kind.data.copy_(weights[at + "token_type_embeddings.weight"][0])
        copies = [(self.norm, at + "LayerNorm")]
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}."
            copies += [
                (layer.query, at + "attention.self.query"),
                (layer.key, at + "attention.self.key"),
                (layer.value, at + "attention.self.value"),
                (layer.output, at + "attention.output.dense"),
                (layer.norm1, at + "attention.output.LayerNorm"),
                (layer.wide, at + "intermediate.dense"),
                (layer.narrow, at + "output.dense"),
                (layer.norm2, at + "output.LayerNorm"),
            ]
        for module, name in copies:
            module.weight.data.copy_(weights[name + ".weight"])
            module.bias.data.copy_(weights[name + ".bias"])

    def forward(self, ids, shapes, mask):
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.kind + self.shapes(shapes)
        x = self.drop(self.norm(x))
        hidden = torch.zeros(mask.shape, dtype=torch.bfloat16).masked_fill(~mask, -1e9)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, hidden)
        return self.tags(self.drop(x)) + self.shape_tags(shapes)


def loss_of(scores, tags, weights, left_out):
    """Returns the mean loss of the labelled words. Where MISC is not annotated, O may be MISC."""
    logs = F.log_softmax(scores.float(), -1)
    gold = logs.gather(-1, tags.clamp(min=0)[..., None])[..., 0]
    gold = torch.where(left_out & (tags == 0), torch.logsumexp(logs[..., O_OR_MISC], -1), gold)
    weights = weights * (tags >= 0)
    return -(gold * weights).sum() / weights.sum().clamp(min=1)


def probabilities(model, sequences, rows=48):
    """Returns the probabilities of the tags of each sequence's words, in the order of the sequences."""
    order = sorted(range(len(sequences)), key=lambda k: len(sequences[k][0]))
    out = [None] * len(sequences)
    model.eval()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=HALF):
        for i in range(0, len(order), rows):
            part = order[i : i + rows]
            ids, shapes, mask, *_ = batch([(sequences[k], 1, False) for k in part])
            p = torch.softmax(model(ids, shapes, mask).float(), -1).numpy()
            for j, k in enumerate(part):
                out[k] = p[j][np.asarray(sequences[k][2]) + 1]
    model.train()
    return out


def spans(tags):
    """Returns the names that a list of tags stands for, as (first, end, type)."""
    out, start = set(), None
    for i, tag in enumerate(list(tags) + ["O"]):
        if start is not None and (tag[0] != "I" or tag[2:] != tags[start][2:]):
            out.add((start, i, tags[start][2:]))
            start = None
        if start is None and tag[0] in "BI":
            start = i
    return out


def score(model, splitter, path):
    """Returns the F1 over people, places and organizations."""
    right = gold = found = 0
    sequences = splitter.pack(read(path))
    for (_, _, _, numbers), p in zip(sequences, probabilities(model, sequences)):
        want = {s for s in spans(["O" if n < 0 else TAGS[n] for n in numbers]) if s[2] != "MISC"}
        got = {s for s in spans([TAGS[n] for n in p.argmax(-1)]) if s[2] != "MISC"}
        right, gold, found = right + len(want & got), gold + len(want), found + len(got)
    return 200 * right / max(1, gold + found)


def recased(docs, rng, share):
    """Returns a share of the sentences in capitals, in title case or in lower case, as headlines and tweets are written."""
    title = lambda w: w[:1].upper() + w[1:] if len(w) > 3 else w
    ways = (str.upper, title, str.lower)
    drawn = [s for d in docs for s in d if rng.random() < share]
    return [[[(way(w), t) for w, t in s]] for s in drawn for way in [rng.choice(ways)]]


def train(args):
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    rng = random.Random(args.seed)
    splitter = Splitter(args.base, args.length)
    held = held_out(args.without)
    items = []
    for arg in args.train:
        path, _, weight = arg.partition("=")
        docs = [d for d in read(path) if len(held & stretches("".join(w for s in d for w, _ in s), 1)) < 4]
        for s in splitter.pack(docs) + splitter.pack(recased(docs, rng, 0.06)):
            items.append((s, float(weight or 1), path in args.no_misc))
    steps = int((len(items) + args.batch - 1) // args.batch * args.epochs)
    print(f"{len(items)} sequences, {sum(len(i[0][0]) for i in items)} pieces, {steps} steps", flush=True)
    model = Encoder()
    model.start_from(args.base)
    model.train()
    flat = [p for n, p in model.named_parameters() if p.ndim < 2 or n.startswith("shape")]
    flat_ids = {id(p) for p in flat}
    groups = [{"params": [p for p in model.parameters() if id(p) not in flat_ids], "weight_decay": 0.01}]
    groups.append({"params": flat, "weight_decay": 0.0})
    optimizer = torch.optim.AdamW(groups, lr=args.rate, betas=(0.9, 0.98), fused=True)
    warm, n, began, mean = steps * 0.06, 0, time.time(), 0.0
    while n < steps:
        for part in batches(items, args.batch, rng)[: steps - n]:
            rate = n / warm if n < warm else 0.02 + 0.49 * (1 + math.cos(math.pi * (n - warm) / (steps - warm)))
            for group in optimizer.param_groups:
                group["lr"] = args.rate * rate
            ids, shapes, mask, *gold = batch(part)
            with torch.autocast("cpu", torch.bfloat16, enabled=HALF):
                scores = model(ids, shapes, mask)
            loss = loss_of(scores, *gold)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            n += 1
            mean = 0.98 * mean + 0.02 * loss.item() if n > 1 else loss.item()
            if n % 100 == 0:
                print(f"step {n}, loss {mean:.4f}, {(time.time() - began) / n:.2f} s each", flush=True)
    torch.save(model.state_dict(), args.output)
    for path in args.dev:
        print(f"{path}: PLO {score(model, splitter, path):.2f}", flush=True)


def batches(items, size, rng):
    """Returns the items in random batches of about the same length."""
    order = list(range(len(items)))
    rng.shuffle(order)
    chunks = [order[i : i + size * 32] for i in range(0, len(order), size * 32)]
    chunks = [sorted(c, key=lambda k: len(items[k][0][0])) for c in chunks]
    out = [[items[k] for k in c[i : i + size]] for c in chunks for i in range(0, len(c), size)]
    rng.shuffle(out)
    return out


def label(args):
    splitter = Splitter(args.base, args.length)
    model = Encoder()
    model.load_state_dict(torch.load(args.model))
    docs = read(args.tagged)
    began = time.time()
    with open(args.output, "w", encoding="utf-8") as out:
        for i in range(0, len(docs), 200):
            part = docs[i : i + 200]
            p = np.concatenate(probabilities(model, splitter.pack(part)))
            at = 0
            for doc in part:
                tags = []
                for sentence in doc:
                    own = p[at : at + len(sentence)]
                    tags.append([blend(tag, q, args.share) for (_, tag), q in zip(sentence, own)])
                    at += len(sentence)
                write(out, doc, tags)
            print(f"{i + len(part)} of {len(docs)} documents, {time.time() - began:.0f} s", flush=True)


def blend(tag, p, share):
    """Returns the mean of the tagger's probabilities, which count share, and the encoder's, as `quoth tag` writes them."""
    mean = (1 - share) * p
    for part in tag.split(","):
        name, _, value = part.partition("=")
        mean[NUMBER[name]] += share * float(value)
    order = [k for k in np.argsort(-mean, kind="stable") if mean[k] >= 0.006]
    return ",".join(f"{TAGS[k]}={min(1, mean[k]):.2f}" for k in order)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", help="folder of the pretrained encoder: model.safetensors, tokenizer.json")
    parser.add_argument("--length", type=int, default=192, help="word pieces of a sequence")
    parser.add_argument("--threads", type=int, default=2)
    commands = parser.add_subparsers(required=True)
    a = commands.add_parser("align")
    a.add_argument("tagged")
    a.add_argument("--articles", required=True, help="JSON Lines with text and entities, in the order of the tagged documents")
    a.add_argument("-o", "--output", required=True)
    a.set_defaults(run=align)
    t = commands.add_parser("train")
    t.add_argument("--train", action="append", required=True, metavar="FILE[=WEIGHT]")
    t.add_argument("--no-misc", action="append", default=[], metavar="FILE")
    t.add_argument("--without", action="append", default=[], metavar="FILE", help="JSON Lines of articles to leave out")
    t.add_argument("--dev", action="append", default=[], metavar="FILE")
    t.add_argument("-o", "--output", required=True)
    t.add_argument("--epochs", type=float, default=3)
    t.add_argument("--rate", type=float, default=2e-4)
    t.add_argument("--batch", type=int, default=12)
    t.add_argument("--seed", type=int, default=1)
    t.set_defaults(run=train)
    s = commands.add_parser("label")
    s.add_argument("tagged")
    s.add_argument("--model", required=True)
    s.add_argument("--share", type=float, default=0.4, help="what the tagger's probabilities count")
    s.add_argument("-o", "--output", required=True)
    s.set_defaults(run=label)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.run(args)


if __name__ == "__main__":
    sys.exit(main())
