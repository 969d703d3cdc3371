using System.CommandLine;
using NSft.Client.Kubernetes;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Grains.Hosting.Settings;

namespace NSft.Client.Commands;

/// <summary><c>nsft cluster doctor</c>: what is wrong with the silos, and what to do.</summary>
internal static class ClusterDoctorCommand
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SiloLimit = TimeSpan.FromSeconds(5);

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        ApiServerChoice choice = new();
        Option<bool> json = SharedOptions.Json();
        Command command = new("doctor", "Tell what is wrong with the silos and what to do: devices, readiness, storage, versions (Kubernetes)") { json };
        choice.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            SiloSet silos = choice.Read(parsed);
            using ApiClient client = new(silos.Server, AnswerLimit);
            ClusterFacts facts = await new ClusterSurvey(client, silos, SiloLimit).TakeAsync(cancellation).ConfigureAwait(false);
            Finding? storage = await StorageCheck.RunAsync(NSftConfiguration.Read(ConsoleConfiguration.Load()), cancellation).ConfigureAwait(false);
            Finding[] findings = [.. ClusterDiagnosis.Of(facts).Concat(storage is null ? [] : [storage]).OrderByDescending(finding => finding.Level)];
            if (parsed.GetValue(json))
            {
                ConsoleOutput.WriteJson(new
                {
                    Server = silos.Server.Address,
                    silos.Namespace,
                    silos.Name,
                    IsHealthy = IsHealthy(findings),
                    Findings = findings.Select(finding => new { Level = Word(finding.Level), finding.Subject, finding.Problem, finding.Advice }),
                });
            }
            else
            {
                Write(findings);
            }

            return IsHealthy(findings) ? ExitCodes.Success : ExitCodes.UserError;
        });
        return command;
    }

    private static bool IsHealthy(Finding[] findings) => Array.TrueForAll(findings, finding => finding.Level != FindingLevel.Fault);

    private static void Write(Finding[] findings)
    {
        foreach (Finding finding in findings)
        {
            ConsoleOutput.WriteLine($"{Word(finding.Level),-7}  {finding.Subject}: {FailureReport.OneLine(finding.Problem)}");
            if (finding.Advice is { } advice)
            {
                ConsoleOutput.WriteLine($"         {advice}");
            }
        }
    }

    private static string Word(FindingLevel level) => level switch
    {
        FindingLevel.Good => "good",
        FindingLevel.Warning => "warning",
        _ => "fault",
    };
}
