using System.CommandLine;
using NSft.Client.Clusters;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Parsing;

/// <summary>What verbs about one run of a cluster share: the run, the state directory, <c>--json</c>.</summary>
internal sealed class RunArgument
{
    private readonly Argument<string> _run = new("RUN") { Description = RunFinder.Description, Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => RunFinder.Last };
    private readonly Option<string?> _state = StateDirectory.Option();
    private readonly Option<bool> _json = SharedOptions.Json();

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_run);
        command.Options.Add(_state);
        command.Options.Add(_json);
    }

    /// <summary>Whether the result is wanted as JSON.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Connects to the cluster, finds the run and does something with it.</summary>
    public async Task<int> UseAsync(ParseResult parsed, Func<ClusterConnection, RunSummary, Task<int>> use, CancellationToken cancellation)
    {
        await using ClusterConnection connection = await ClusterConnection.OpenAsync(StateDirectory.ResolveCluster(parsed.GetValue(_state)), cancellation).ConfigureAwait(false);
        RunSummary[] runs = await connection.CallAsync(() => connection.Index.ListAsync(), cancellation).ConfigureAwait(false);
        return await use(connection, RunFinder.Find(parsed.GetValue(_run) ?? RunFinder.Last, runs)).ConfigureAwait(false);
    }
}
