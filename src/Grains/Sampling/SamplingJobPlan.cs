using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Data.Sampling;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;

namespace NSft.Grains.Sampling;

/// <summary>What a job knows once its data was read: its prompts, batches and blocks. The same on every silo.</summary>
internal sealed class SamplingJobPlan
{
    private readonly SamplingRequest _request;
    private readonly IReadOnlyList<SamplePrompt> _prompts;
    private readonly int[][][] _blocks;
    private readonly int _sampleCount;

    private SamplingJobPlan(SamplingRequest request, SamplingSettings settings, IReadOnlyList<SamplePrompt> prompts)
    {
        _request = request;
        _prompts = prompts;
        _sampleCount = settings.SampleCount;
        _blocks = [.. SamplePlan.Create(prompts, settings.SampleCount, settings.Model.BatchSize).Batches.Chunk(request.BlockBatches)];
    }

    internal int BlockCount => _blocks.Length;

    internal long CompletionCount => (long)_prompts.Count * _sampleCount;

    /// <summary>Reads the data and plans the blocks.</summary>
    /// <exception cref="UserInputException">The data cannot be used, or has changed.</exception>
    internal static SamplingJobPlan Read(SamplingRequest request)
    {
        var settings = SamplingJson.ReadSettings(request.SettingsJson);
        if (FileHash.OfFile(settings.DataPath) != request.DataHash)
        {
            throw new UserInputException($"{settings.DataPath}: has changed since the job began");
        }

        return new SamplingJobPlan(request, settings, PromptReader.Read(settings.DataPath, settings.ReadOptions()).Rows);
    }

    /// <summary>A block as a task is told of it.</summary>
    internal SampleBlockOrder Order(int block)
    {
        SampleBatch[] batches = [.. _blocks[block].Select(indices => new SampleBatch(indices, [.. indices.Select(index => _prompts[index])]))];
        return new SampleBlockOrder(_request.RunId, _request.SettingsJson, _request.WorkDirectory, block, SamplingJson.Write(batches));
    }
}
