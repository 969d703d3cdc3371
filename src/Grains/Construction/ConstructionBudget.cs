using NSft.Collectives;
using NSft.Data.Chat;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Grains.Jobs;

namespace NSft.Grains.Construction;

/// <summary>A budget is the whole job's: what earlier commands paid is gone from it, also for answers whose block they did not complete.</summary>
internal static class ConstructionBudget
{
    private const string FileName = "spent.jsonl";

    /// <summary>Keeps what a command spent, where its job is left to go on with.</summary>
    internal static void Note(JobDirectory directory, string attempt, decimal amount)
    {
        if (amount > 0 && Directory.Exists(directory.Path))
        {
            File.AppendAllText(directory.PathOf(FileName), DataJson.Write(new Spent(attempt, amount)) + "\n");
        }
    }

    /// <summary>Whether a command has paid for anything.</summary>
    internal static bool HasSpent(JobDirectory directory) => File.Exists(directory.PathOf(FileName));

    /// <summary>The settings with what is left of their budget.</summary>
    /// <exception cref="UserInputException">Nothing is left.</exception>
    internal static ConstructionSettings LeftOf(ConstructionSettings settings, JobDirectory directory)
    {
        if (settings.Chat is not { Budget: { } budget } chat)
        {
            return settings;
        }

        var usage = ChatUsage.None;
        foreach (var tally in directory.FindTallies().Select(DataJson.Read<BlockTally>))
        {
            usage = usage.Add(tally.Summary.Usage);
        }

        // A command that was killed has kept nothing but its blocks.
        var spent = Math.Max(settings.CostOf(usage) ?? 0, Noted(directory));
        return spent < budget
            ? settings with { Chat = chat with { Budget = budget - spent } }
            : throw new UserInputException(FormattableString.Invariant(
                $"the budget of {budget:0.######} is spent: {spent:0.######} went into this job; give a larger --budget"));
    }

    private static decimal Noted(JobDirectory directory) => HasSpent(directory)
        ? File.ReadLines(directory.PathOf(FileName)).Select(DataJson.Read<Spent>).DistinctBy(spent => spent.Attempt).Sum(spent => spent.Amount)
        : 0;

    private sealed record Spent(string Attempt, decimal Amount);
}
