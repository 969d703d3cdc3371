using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace NSft.Grains.Hosting.Settings;

/// <summary>Orleans' membership, set for training: a run stands still while a silo that is gone is still taken for alive.</summary>
/// <param name="ProbePeriod">How often a silo is asked whether it lives, and how long its answer may take.</param>
/// <param name="MissedProbes">Answers in a row that it may miss.</param>
/// <param name="DeathVotes">Silos that must suspect it.</param>
/// <param name="TableRefresh">
/// How often the list of silos is read without a reason. Silos tell each other of changes at once; this bounds how long one that
/// missed the news goes on with an old view.
/// </param>
/// <param name="AlivePeriod">
/// How often a silo writes that it lives. A silo that joins must reach all that wrote within three such periods: after all pods of a
/// cluster died together, that is how long the first new one is refused, 90 seconds with Orleans' own 30.
/// </param>
/// <param name="DefunctLife">
/// How long rows of dead silos stay. Spot nodes leave a row at each loss, and every silo reads all rows; Orleans' own week keeps thousands.
/// </param>
internal sealed record MembershipSettings(
    TimeSpan ProbePeriod, int MissedProbes, int DeathVotes, TimeSpan TableRefresh, TimeSpan AlivePeriod, TimeSpan DefunctLife)
{
    private static readonly TimeSpan LocalProbe = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan NetworkProbe = TimeSpan.FromSeconds(1);

    /// <summary>Settings for silos of one machine.</summary>
    internal static MembershipSettings ForMachine(ClusteringOptions options) => new(
        options.ProbePeriod ?? LocalProbe, options.MissedProbes, options.DeathVotes ?? 1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));

    /// <summary>Settings for silos of several machines.</summary>
    internal static MembershipSettings ForNetwork(ClusteringOptions options) => new(
        options.ProbePeriod ?? NetworkProbe, options.MissedProbes, options.DeathVotes ?? 2, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));

    /// <summary>Sets them.</summary>
    internal void Apply(IServiceCollection services)
    {
        services.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = ProbePeriod;
            membership.NumMissedProbesLimit = MissedProbes;
            membership.NumVotesForDeathDeclaration = DeathVotes;
            membership.TableRefreshTimeout = TableRefresh;
            membership.IAmAliveTablePublishTimeout = AlivePeriod;
            membership.DefunctSiloExpiration = DefunctLife;
            membership.DefunctSiloCleanupPeriod = DefunctLife;
        });

        // By name, since not every release has it. A process that is frozen had sent something a moment ago: where that counts as a
        // sign of life, its death was noticed after 65 seconds instead of 8.5.
        services.Configure<ClusterMembershipOptions>(new ConfigurationBuilder()
            .AddInMemoryCollection([new("EnableConnectionLivenessCheck", "false")])
            .Build());
    }
}
