"""Times plain PyTorch's training step on rows written by NSft's bench: train.py MODEL ROWS.json STEPS -> JSON."""
import json
import sys
import time

import torch

from llava import Llava


def main():
    torch.set_num_threads(1)
    model = Llava(sys.argv[1])
    rows = json.load(open(sys.argv[2]))
    steps = int(sys.argv[3])
    parameters = model.trainable()
    optimizer = torch.optim.AdamW(parameters, lr=1e-4, weight_decay=0.0)
    batches = [(torch.tensor(r["ids"]), torch.tensor(r["labels"]), torch.tensor(r["features"]).view(len(r["ids"]), -1, model.vision["hidden_size"])) for r in rows["microBatches"]]
    tokens = sum(int((labels[:, 1:] != -100).sum()) for _, labels, _ in batches)
    losses, times = [], []
    for _ in range(steps):
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=False)
        loss = 0.0
        for ids, labels, features in batches:
            part = model.loss(ids, labels, features) / tokens
            part.backward()
            loss += part.item()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        times.append(time.perf_counter() - start)
        losses.append(loss)
    print(json.dumps({"seconds": times, "losses": losses}))


main()
