using System.Globalization;
using NSft.Training.Plans;

namespace NSft.Client.Ledgers;

/// <summary>Whether a ledger holds every sample exactly once per epoch. Pure.</summary>
/// <param name="Steps">Steps in the ledger.</param>
/// <param name="WholeEpochs">Epochs that all samples were computed in.</param>
/// <param name="Samples">Computed samples over all steps.</param>
/// <param name="Problems">What is wrong, one line each; empty when all is right.</param>
internal sealed record LedgerCheck(int Steps, int WholeEpochs, long Samples, IReadOnlyList<string> Problems)
{
    private const int LongestList = 8;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsRight => Problems.Count == 0;

    /// <summary>Checks a ledger against a plan.</summary>
    /// <param name="ledger">The steps.</param>
    /// <param name="plan">The plan that they must follow.</param>
    /// <param name="committedSteps">Steps that must be there.</param>
    public static LedgerCheck Of(IEnumerable<LedgerStep> ledger, TrainingPlan plan, int committedSteps)
    {
        List<string> problems = [];
        Dictionary<int, int[]> seen = [];
        int next = 0;
        long total = 0;
        foreach (LedgerStep step in ledger)
        {
            if (step.Step != next)
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"step {step.Step} stands where step {next} belongs"));
            }

            next = step.Step + 1;
            CheckShards(step, plan.ShardCount, problems);
            int[] counts = seen.TryGetValue(step.Epoch, out int[]? known) ? known : seen[step.Epoch] = new int[plan.SampleCount];
            foreach (int sample in step.Parts.SelectMany(part => part.Samples))
            {
                counts[sample]++;
                total++;
            }
        }

        if (next != committedSteps)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{next} steps are in the ledger, {committedSteps} are committed"));
        }

        int wholeEpochs = committedSteps / plan.StepsPerEpoch;
        foreach ((int epoch, int[] counts) in seen.OrderBy(pair => pair.Key))
        {
            CheckEpoch(epoch, counts, isWhole: epoch < wholeEpochs, problems);
        }

        return new LedgerCheck(next, wholeEpochs, total, Shorten(problems));
    }

    private static void CheckShards(LedgerStep step, int shardCount, List<string> problems)
    {
        int[] counts = new int[shardCount];
        foreach (int shard in step.Parts.SelectMany(part => Enumerable.Range(part.FirstShard, part.ShardCount)))
        {
            counts[shard]++;
        }

        int wrong = Array.FindIndex(counts, count => count != 1);
        if (wrong >= 0)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"step {step.Step}: shard {wrong} was computed {counts[wrong]} times in view {step.View}"));
        }
    }

    private static void CheckEpoch(int epoch, int[] counts, bool isWhole, List<string> problems)
    {
        for (int sample = 0; sample < counts.Length; sample++)
        {
            if (counts[sample] > 1 || (isWhole && counts[sample] == 0))
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch + 1}: sample {sample} was computed {counts[sample]} times"));
            }
        }
    }

    private static List<string> Shorten(List<string> problems) => problems.Count <= LongestList
        ? problems
        : [.. problems.Take(LongestList), string.Create(CultureInfo.InvariantCulture, $"{problems.Count - LongestList} more")];
}
