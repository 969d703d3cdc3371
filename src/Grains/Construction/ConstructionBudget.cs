using NSft.Collectives;
using NSft.Data.Chat;
using NSft.Grains.Hosting;
using NSft.Grains.Jobs;

namespace NSft.Grains.Construction;

/// <summary>A budget is the whole job's: what earlier commands paid for the blocks that are done is gone from it.</summary>
internal static class ConstructionBudget
{
    /// <summary>The settings with what is left of their budget.</summary>
    /// <exception cref="UserInputException">Nothing is left.</exception>
    internal static ConstructionSettings LeftOf(ConstructionSettings settings, JobDirectory directory)
    {
        if (settings.Chat is not { Budget: { } budget } chat)
        {
            return settings;
        }

        var usage = ChatUsage.None;
        foreach (var tally in directory.FindTallies().Select(ConstructionJson.Read<BlockTally>))
        {
            usage = usage.Add(tally.Summary.Usage);
        }

        var spent = settings.CostOf(usage) ?? 0;
        return spent < budget
            ? settings with { Chat = chat with { Budget = budget - spent } }
            : throw new UserInputException(FormattableString.Invariant(
                $"the budget of {budget:0.######} is spent: {spent:0.######} went into the pairs that are done; give a larger --budget"));
    }
}
