using System.CommandLine;
using System.Globalization;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Grains.Benchmarks;

namespace NSft.Client.Commands;

/// <summary><c>nsft bench scaling</c>: what a step costs the coordinator, by number of workers.</summary>
internal static class BenchScalingCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<int[]> workers = new("--workers") { Description = "Numbers of workers", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [16, 64, 256, 1024] };
        Option<double> millions = new("--millions") { Description = "Millions of trained parameters that reports are sized for", DefaultValueFactory = _ => 6738 };
        Option<int> steps = SharedOptions.Count("--steps", 50, "Empty steps to time");
        Option<bool> json = SharedOptions.Json();
        Command command = new("scaling", "Time what a step costs the coordinator, with workers that compute nothing") { workers, millions, steps, json };
        command.SetAction(parsed =>
        {
            long elements = (long)(parsed.GetValue(millions) * 1e6);
            List<ScalingTiming> timings = [];
            foreach (int count in parsed.GetValue(workers)!)
            {
                timings.Add(ScalingBench.Run(count, elements, parsed.GetValue(steps)));
            }

            if (parsed.GetValue(json))
            {
                ConsoleOutput.WriteJson(timings);
            }
            else
            {
                Write(timings);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static void Write(List<ScalingTiming> timings)
    {
        Console.Out.WriteLine($"{"workers",7} {"us/step",10} {"us/worker",10} {"KB/step",10} {"view change us",15} {"open us",10}");
        foreach (ScalingTiming timing in timings)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{timing.Workers,7} {timing.StepMicroseconds,10:F0} {timing.StepMicroseconds / timing.Workers,10:F2} {timing.StepBytes / 1024,10} {timing.ViewChangeMicroseconds,15:F0} {timing.OpenMicroseconds,10:F0}"));
        }
    }
}
