"""Times plain PyTorch's greedy generation on prompts written by NSft's bench: generate.py MODEL PROMPTS.json TOKENS REPEATS -> JSON."""
import json
import sys
import time

import torch

from llava import Llava


def main():
    torch.set_num_threads(1)
    model = Llava(sys.argv[1])
    prompts = json.load(open(sys.argv[2]))
    count, repeats = int(sys.argv[3]), int(sys.argv[4])
    ids = torch.tensor(prompts["ids"])
    features = torch.tensor(prompts["features"]).view(len(ids), -1, model.vision["hidden_size"])
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        tokens = model.generate(ids, features, count)
        times.append(time.perf_counter() - start)
    print(json.dumps({"seconds": times, "tokens": tokens.tolist()}))


main()
