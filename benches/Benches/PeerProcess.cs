using System.Diagnostics;
using System.Text.Json;

namespace NSft.Benches;

/// <summary>Runs a script of the PyTorch peer.</summary>
internal static class PeerProcess
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Runs a script and reads the JSON object that it prints.</summary>
    /// <exception cref="InvalidOperationException">The script failed; its last words are in the message.</exception>
    public static JsonElement Run(string directory, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Python) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        // torch.set_num_threads leaves OpenBLAS on all cores there; ours sets both.
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.ArgumentList.Add("-B");
        start.ArgumentList.Add(script);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{Python} did not start.");
        string errors = string.Empty;
        process.ErrorDataReceived += (_, line) => errors = line.Data ?? errors;
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{script} failed: {errors}. The peer needs Debian's python3-torch and python3-numpy.");
        }

        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>The array of numbers under a name.</summary>
    public static double[] Numbers(JsonElement result, string name) => [.. result.GetProperty(name).EnumerateArray().Select(one => one.GetDouble())];
}
