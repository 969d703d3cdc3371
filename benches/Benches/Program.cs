using NSft.Benches;
using static TorchSharp.torch;

// One thread on both sides: the ratios are per core, and bit-exactness runs that way.
set_num_threads(1);
string root = args.Length > 0 ? args[0] : Directory.GetCurrentDirectory();
string only = args.Length > 1 ? args[1] : "all";
var sample = new SceneSample(root);
var benches = new (string Name, Func<BenchResult> Run)[]
{
    ("training-step", () => TrainingStepBench.Run(sample)),
    ("generation", () => GenerationBench.Run(sample)),
    ("reduction", ReductionBench.Run),
};
foreach ((string name, Func<BenchResult> run) in benches.Where(bench => only == "all" || only == bench.Name))
{
    Console.WriteLine(run().Format(name));
}
