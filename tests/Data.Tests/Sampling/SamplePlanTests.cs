using NSft.Data.Sampling;

namespace NSft.Data.Tests.Sampling;

public sealed class SamplePlanTests
{
    private static readonly SamplePrompt[] Prompts =
        [.. Enumerable.Range(0, 23).Select(i => new SamplePrompt($"p{i}", $"{i % 5}.jpg", new string('q', 1 + (i % 3)), null) { Key = $"id:p{i}" })];

    [Fact]
    public void Create_AnyOrderOfRows_GivesTheSameBatchesOfContent()
    {
        SamplePrompt[] shuffled = [.. Prompts.OrderBy(prompt => SamplePlan.StreamOf(prompt.Id, 0))];

        Assert.Equal(Batches(Prompts), Batches(shuffled));
    }

    [Theory]
    [InlineData(4, 10, 2)]
    [InlineData(4, 3, 1)]
    [InlineData(1, 10, 10)]
    public void Create_AnySizes_HoldsEveryPromptOnceWithAllItsSamplesTogether(int samples, int batchSize, int promptsTogether)
    {
        SamplePlan plan = SamplePlan.Create(Prompts, samples, batchSize);

        Assert.Equal(Enumerable.Range(0, Prompts.Length), plan.Batches.SelectMany(batch => batch).Order());
        Assert.All(plan.Batches, batch => Assert.InRange(batch.Length, 1, promptsTogether));
        Assert.Equal((Prompts.Length + promptsTogether - 1) / promptsTogether, plan.Batches.Count);
    }

    [Fact]
    public void StreamOf_PromptsAndSamples_DifferAndAreFixed()
    {
        ulong[] streams = [.. Prompts.SelectMany(prompt => Enumerable.Range(0, 8).Select(sample => SamplePlan.StreamOf(prompt.Key, sample)))];

        Assert.Equal(streams.Length, streams.Distinct().Count());
        Assert.Equal(0x67A27CF5CF3B268FUL, SamplePlan.StreamOf("id:p0", 0));
    }

    private static string[] Batches(SamplePrompt[] prompts) =>
        [.. SamplePlan.Create(prompts, 2, 8).Batches.Select(batch => string.Join(',', batch.Select(index => prompts[index].Id)))];
}
