"""All-reduce over Gloo, one rank: reads sizes in bytes from its input, answers seconds and whether the sum was right."""
import os
import sys
import time

import torch
import torch.distributed as dist

WARM_UP = 2


def pattern(count, seat):
    return ((torch.arange(count, dtype=torch.int32) * 31 + seat * 17) & 0xFFFF).to(torch.float32)


def main():
    torch.set_num_threads(1)
    dist.init_process_group("gloo")
    rank, world = dist.get_rank(), dist.get_world_size()
    own = expected = buffer = None
    print("ready", flush=True)
    for line in sys.stdin:
        count = int(line) // 4
        if buffer is None or buffer.numel() != count:
            own = expected = buffer = None
            own = pattern(count, rank)
            expected = sum((pattern(count, seat) for seat in range(world) if seat != rank), own.clone())
            buffer = torch.empty(count)
            for _ in range(WARM_UP):
                buffer.copy_(own)
                dist.all_reduce(buffer)
        buffer.copy_(own)
        dist.barrier()
        begin = time.perf_counter()
        dist.all_reduce(buffer)
        seconds = time.perf_counter() - begin
        print(f"{seconds:.9f} {'right' if torch.equal(buffer, expected) else 'wrong'}", flush=True)
    dist.destroy_process_group()


os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
main()
