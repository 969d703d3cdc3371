using System.Text.Json;
using NSft.Collectives;
using NSft.Data.Construction;
using NSft.Data.Construction.Reporting;

namespace NSft.Data.Tests.Rules;

/// <summary>The share of yes over a set, kept within bounds.</summary>
public sealed class SetBalanceTests
{
    [Theory]
    [InlineData(TurnPolarity.Yes)]
    [InlineData(TurnPolarity.No)]
    public void Plan_Surplus_IsBroughtToTheBoundAndNotFurther(TurnPolarity surplus)
    {
        List<CorrectiveConversation> set = [.. Enumerable.Range(0, 500).Select(index => Conversation(index, surplus, confirming: 4, isDoubled: true))];
        BalanceCounts counts = SetBalance.Count(set);
        BalancePlan plan = SetBalance.Plan(counts);
        List<CorrectiveConversation> kept = [.. set.Select(plan.Apply)];
        double share = ConstructionSummary.Of(kept).YesShare;
        Assert.True(plan.IsReached);
        Assert.Equal(plan.YesShare, share, 9);
        Assert.InRange(share, surplus == TurnPolarity.Yes ? 0.63 : 0.35, surplus == TurnPolarity.Yes ? 0.65 : 0.37);
        Assert.Equal(plan.DroppedTurns, set.Sum(item => item.Turns.Count) - kept.Sum(item => item.Turns.Count));
        Assert.All(kept, item => Assert.Contains(item.Turns, turn => turn.Kind == TurnKind.Correct));
        Assert.Contains("left out", plan.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_OnlyCorrections_KeepsOneOfEveryError()
    {
        List<CorrectiveConversation> set = [.. Enumerable.Range(0, 300).Select(index => Conversation(index, TurnPolarity.Yes, confirming: 0, isDoubled: index % 3 == 0))];
        BalancePlan plan = SetBalance.Plan(SetBalance.Count(set), 0.4, 0.6);
        Assert.False(plan.IsReached);
        Assert.Equal(1, SetBalance.Plan(SetBalance.Count(set.Where((_, index) => index % 3 > 0))).YesShare);
        Assert.Contains("outside 0.4 to 0.6", plan.Note, StringComparison.Ordinal);
        foreach (CorrectiveConversation made in set)
        {
            CorrectiveConversation kept = plan.Apply(made);
            foreach (IGrouping<string?, CorrectiveTurn> error in made.Turns.GroupBy(turn => turn.Span))
            {
                Assert.Contains(kept.Turns, turn => turn.Span == error.Key && turn.Kind == TurnKind.Correct);
            }
        }
    }

    [Fact]
    public void Count_InParts_MergesToTheWholeAndSurvivesJson()
    {
        CorrectiveConversation[] set = [.. Enumerable.Range(0, 97).Select(index => Conversation(index, (TurnPolarity)(index % 2), index % 5, index % 3 == 0))];
        BalanceCounts merged = set.Chunk(10).Select(SetBalance.Count).Select(part => JsonSerializer.Deserialize<BalanceCounts>(JsonSerializer.Serialize(part))!).Aggregate((one, other) => one.Merge(other));
        Assert.Equal(JsonSerializer.Serialize(SetBalance.Count(set)), JsonSerializer.Serialize(merged));
        Assert.Equal(set.Sum(item => item.Turns.Count), merged.Yes + merged.No + merged.Open);
    }

    [Fact]
    public void Apply_AnyOrder_DropsTheSameTurns()
    {
        CorrectiveConversation[] set = [.. Enumerable.Range(0, 200).Select(index => Conversation(index, TurnPolarity.No, 3, index % 2 == 0))];
        BalancePlan plan = SetBalance.Plan(SetBalance.Count(set));
        BalancePlan again = SetBalance.Plan(SetBalance.Count(set.Reverse()));
        Assert.Equal(JsonSerializer.Serialize(set.Select(plan.Apply)), JsonSerializer.Serialize(set.Reverse().Select(again.Apply).Reverse()));
    }

    [Fact]
    public void Plan_BalancedOrEmptySet_ChangesNothing()
    {
        CorrectiveConversation[] set = [Conversation(0, TurnPolarity.Yes, 1, true), Conversation(1, TurnPolarity.No, 1, true)];
        BalancePlan plan = SetBalance.Plan(SetBalance.Count(set));
        Assert.True(plan is { IsReached: true, DroppedTurns: 0, Note: null });
        Assert.All(set, made => Assert.Same(made, plan.Apply(made)));
        Assert.True(SetBalance.Plan(new BalanceCounts()).IsReached);
        Assert.Throws<UserInputException>(() => SetBalance.Plan(new BalanceCounts(), 0.7, 0.6));
        Assert.Throws<UserInputException>(() => SetBalance.Plan(new BalanceCounts(), double.NaN, 0.6));
    }

    [Fact]
    public void Apply_ConfirmingTurnsOfOneAnswerAlone_LeavesOne()
    {
        CorrectiveTurn[] turns = [.. Enumerable.Range(0, 3).Select(index => new CorrectiveTurn($"Q{index}?", "Yes.", "existence", TurnPolarity.Yes, TurnKind.Confirm))];
        CorrectiveConversation only = new("p", "p.jpg", [], turns);
        BalancePlan plan = SetBalance.Plan(SetBalance.Count(only), 0, 0);
        Assert.Single(plan.Apply(only).Turns);
        Assert.False(plan.IsReached);
    }

    private static CorrectiveConversation Conversation(int index, TurnPolarity surplus, int confirming, bool isDoubled)
    {
        string Answer(TurnPolarity polarity) => polarity == TurnPolarity.Yes ? "Yes." : "No.";
        TurnPolarity other = surplus == TurnPolarity.Yes ? TurnPolarity.No : TurnPolarity.Yes;
        List<CorrectiveTurn> turns = [new CorrectiveTurn($"First {index}?", Answer(surplus), "attribute", surplus, TurnKind.Correct) { Span = "wrong", Fact = "right" }];
        if (isDoubled)
        {
            turns.Add(new CorrectiveTurn($"Second {index}?", Answer(other), "attribute", other, TurnKind.Correct) { Span = "wrong", Fact = "right" });
        }

        turns.AddRange(Enumerable.Range(0, confirming).Select(turn => new CorrectiveTurn($"Confirm {turn}?", Answer(surplus), "existence", surplus, TurnKind.Confirm)));
        return new CorrectiveConversation($"pair-{index}", $"{index}.jpg", [ErrorKind.Attribute], turns);
    }
}
