using NSft.Benches;
using static TorchSharp.torch;

string root = args.Length > 0 ? args[0] : Directory.GetCurrentDirectory();
string only = args.Length > 1 ? args[1] : "all";
if (only == "wire-peer")
{
    await WirePeer.RunAsync(root);
    return;
}

// One thread on both sides: the ratios are per core, and bit-exactness runs that way.
set_num_threads(1);
var sample = new SceneSample(root);
var benches = new (string Name, Func<Task<BenchResult>> Run)[]
{
    ("training-step", () => Task.FromResult(TrainingStepBench.Run(sample))),
    ("generation", () => Task.FromResult(GenerationBench.Run(sample))),
    ("reduction", () => Task.FromResult(ReductionBench.Run())),
    ("wire", WireBench.RunChunksAsync),
    ("wire-calls", WireBench.RunPingsAsync),
};
foreach ((string name, Func<Task<BenchResult>> run) in benches.Where(bench => only == "all" || only == bench.Name))
{
    Console.WriteLine((await run()).Format(name));
}
