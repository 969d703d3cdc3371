using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using NSft.Collectives;

namespace NSft.Client.Kubernetes;

/// <summary>A program that a kubeconfig names for the caller's credentials, as clouds have them: its answer is an ExecCredential object.</summary>
internal static class ExecPlugin
{
    private const string DefaultVersion = "client.authentication.k8s.io/v1";

    /// <summary>Longer than a login in a browser takes.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Runs it.</summary>
    /// <exception cref="UserInputException">It cannot be run, fails, or does not answer as it should.</exception>
    public static async Task<ApiCredentials> RunAsync(KubeConfigEntry exec, CancellationToken cancellation)
    {
        string command = exec.Required("command");
        ProcessStartInfo start = new(command.Contains('/', StringComparison.Ordinal) ? exec.FullPath(command) : command, exec.Texts("args"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach ((string name, string value) in exec.Pairs("env"))
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = JsonSerializer.Serialize(new
        {
            apiVersion = exec.Text("apiVersion") ?? DefaultVersion,
            kind = "ExecCredential",
            spec = new { interactive = false },
        });
        (int code, string output, string error) = await RunAsync(start, exec, cancellation).ConfigureAwait(false);
        return code == 0
            ? Read(output, exec, command)
            : throw new UserInputException($"{exec.Place}: {command} ended with {code}: {LastLine(error)}; log in again with your cloud's tool");
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(ProcessStartInfo start, KubeConfigEntry exec, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            throw new UserInputException($"{exec.Place}: {start.FileName} cannot be run ({exception.Message.TrimEnd('.')}); install it, or write the kubeconfig anew", exception);
        }

        using (process)
        {
            process.StandardInput.Close();
            try
            {
                Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
                Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
                return (process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
                throw new UserInputException($"{exec.Place}: {start.FileName} did not end within {Limit.TotalMinutes:0} minutes; run it by hand to see what it waits for");
            }
        }
    }

    private static ApiCredentials Read(string output, KubeConfigEntry exec, string command)
    {
        try
        {
            JsonNode? status = JsonNode.Parse(output)?["status"];
            string? token = (string?)status?["token"];
            string? certificate = (string?)status?["clientCertificateData"];
            X509Certificate2? pair = certificate is null ? null : X509Certificate2.CreateFromPem(certificate, (string?)status!["clientKeyData"]);
            return token is null && pair is null
                ? throw new UserInputException($"{exec.Place}: {command} gave neither token nor certificate")
                : new ApiCredentials(token is null ? null : ApiCredentials.Bearer(token).Authorization, pair);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or System.Security.Cryptography.CryptographicException)
        {
            throw new UserInputException($"{exec.Place}: {command} did not answer with an ExecCredential object: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "it said nothing";
}
