"""Times how a data-parallel PyTorch run comes back after a kill: recovery.py MODEL WORKERS TRIALS BATCH EVERY -> JSON.

What torchrun does, without its waits: one agent watches the worker processes; when one dies all others are ended and all start
again from the last checkpoint. Gloo over loopback, one thread a worker, the same model as NSft's sample.
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

MONITOR_SECONDS = 0.1  # torchrun's default monitor interval
LENGTH = 120  # tokens of a row, image tokens included: the sample's usual size


def train(model_folder, rank, world, folder, batch, every):
    import torch
    import torch.distributed as dist

    from llava import Llava

    torch.set_num_threads(1)
    store = os.environ["NSFT_PEER_STORE"]
    dist.init_process_group("gloo", init_method="file://" + store, rank=rank, world_size=world)
    model = Llava(model_folder)
    parameters = model.trainable()
    optimizer = torch.optim.AdamW(parameters, lr=1e-4, weight_decay=0.0)
    path = os.path.join(folder, "checkpoint.pt")
    step = 0
    if os.path.exists(path):
        state = torch.load(path)
        step = state["step"]
        for parameter, value in zip(parameters, state["weights"]):
            parameter.data.copy_(value)
        optimizer.load_state_dict(state["optimizer"])
    images = 64
    rows = batch // world + (1 if rank < batch % world else 0)
    while True:
        generator = torch.Generator().manual_seed(1000 * step + rank)
        ids = torch.randint(3, 440, (rows, LENGTH), generator=generator)
        ids[:, 1 : 1 + images] = model.image_id
        labels = ids.clone()
        labels[:, : LENGTH // 2 + 20] = -100
        features = torch.randn(rows, images, model.vision["hidden_size"], generator=generator)
        optimizer.zero_grad(set_to_none=False)
        loss = 0.0
        for first in range(0, rows, 2):
            part = model.loss(ids[first : first + 2], labels[first : first + 2], features[first : first + 2]) / (batch * 40)
            part.backward()
            loss += part.item()
        flat = torch.cat([p.grad.reshape(-1) for p in parameters])
        dist.all_reduce(flat)
        at = 0
        for p in parameters:
            p.grad.copy_(flat[at : at + p.numel()].view_as(p))
            at += p.numel()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        step += 1
        if rank == 0:
            if step % every == 0:
                state = {"step": step, "weights": [p.data for p in parameters], "optimizer": optimizer.state_dict()}
                torch.save(state, path + ".new")
                os.replace(path + ".new", path)
            print(step, flush=True)


class Run:
    """All workers of one start, and the steps that rank 0 tells of."""

    def __init__(self, arguments, world, folder, number):
        environment = dict(os.environ, OPENBLAS_NUM_THREADS="1", GLOO_SOCKET_IFNAME="lo", NSFT_PEER_STORE=os.path.join(folder, f"store{number}"))
        self.steps = []
        self.errors = open(os.path.join(folder, "errors.log"), "ab")
        self.workers = [
            subprocess.Popen(
                [sys.executable, "-B", __file__, "--worker", str(rank), *arguments, folder],
                env=environment, stdout=subprocess.PIPE, stderr=self.errors, text=True)
            for rank in range(world)
        ]
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.workers[0].stdout:
            self.steps.append((int(line), time.perf_counter()))

    def has_dead(self):
        return any(worker.poll() is not None for worker in self.workers)

    def end(self):
        for worker in self.workers:
            if worker.poll() is None:
                worker.send_signal(signal.SIGKILL)
        for worker in self.workers:
            worker.wait()
        self.errors.close()

    def wait(self, reached, limit=180):
        begin = time.perf_counter()
        while not any(reached(step) for step, _ in list(self.steps)):
            if self.has_dead() or time.perf_counter() - begin > limit:
                raise RuntimeError("a worker ended by itself or no step came")
            time.sleep(0.002)


def main():
    model, world, trials, batch, every = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
    first, caught_up, step_seconds = [], [], []
    with tempfile.TemporaryDirectory(prefix="nsft-peer-") as folder:
        run = Run(sys.argv[1:6], world, folder, 0)
        try:
            for trial in range(trials):
                start = run.steps[-1][0] if run.steps else 0
                # In the middle between two checkpoints, with at least one written.
                target = (max(start, every) // every + 1) * every + every // 2
                run.wait(lambda step: step >= target)
                known = list(run.steps)
                step_seconds += [b[1] - a[1] for a, b in zip(known[2:], known[3:])]
                killed = time.perf_counter()
                reached = known[-1][0]
                run.workers[trial % world].send_signal(signal.SIGKILL)
                while not run.has_dead():
                    time.sleep(MONITOR_SECONDS)
                run.end()
                run = Run(sys.argv[1:6], world, folder, trial + 1)
                run.wait(lambda step: step > reached)
                first.append(run.steps[0][1] - killed)
                caught_up.append(next(at for step, at in run.steps if step > reached) - killed)
        finally:
            run.end()
    print(json.dumps({"seconds": first, "caughtUp": caught_up, "stepSeconds": step_seconds}))


if sys.argv[1] == "--worker":
    train(sys.argv[3], int(sys.argv[2]), int(sys.argv[4]), sys.argv[8], int(sys.argv[6]), int(sys.argv[7]))
else:
    main()
