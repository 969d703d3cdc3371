// B rows, U distinct prefixes, T tokens, D width.
using NSft.Model.Language;
using static TorchSharp.torch;

namespace NSft.Model.Generation;

/// <summary>Runs prompts into a key/value cache; prompts that open with the same image share the work up to its end.</summary>
internal sealed class Prefill(LlavaModel model)
{
    /// <summary>Runs the prompts.</summary>
    /// <param name="requests">One for each row.</param>
    /// <param name="newTokens">Slots to keep free behind the prompts.</param>
    /// <returns>The cache, owned by the caller, and the hidden state of each prompt's last token (B, D).</returns>
    internal (KeyValueCache Cache, Tensor Hidden) Run(GenerationRequest[] requests, int newTokens)
    {
        foreach (GenerationRequest request in requests)
        {
            ArgumentOutOfRangeException.ThrowIfZero(request.PromptIds.Length, nameof(requests));
        }

        return PrefixPlan.Find([.. requests.Select(static request => (request.ImageKey, request.PromptIds))], model.Config.ImageTokenId) is { } plan
            ? RunShared(requests, plan, newTokens)
            : RunWhole(requests, newTokens);
    }

    private (KeyValueCache Cache, Tensor Hidden) RunWhole(GenerationRequest[] requests, int newTokens)
    {
        int[][] prompts = [.. requests.Select(static request => request.PromptIds)];
        KeyValueCache cache = NewCache(prompts.Length, prompts.Max(static ids => ids.Length) + newTokens);
        try
        {
            return (cache, Forward(prompts, Features(requests), cache));
        }
        catch
        {
            cache.Dispose();
            throw;
        }
    }

    private (KeyValueCache Cache, Tensor Hidden) RunShared(GenerationRequest[] requests, PrefixPlan plan, int newTokens)
    {
        int[][] prefixes = [.. plan.FirstRows.Select(row => requests[row].PromptIds[..plan.Lengths[row]])];
        int[][] suffixes = [.. requests.Select((request, row) => request.PromptIds[plan.Lengths[row]..])];
        using KeyValueCache shared = NewCache(prefixes.Length, prefixes.Max(static ids => ids.Length));
        Forward(prefixes, Features([.. plan.FirstRows.Select(row => requests[row])]), shared).Dispose();
        KeyValueCache cache = shared.Select(plan.PrefixOfRow, shared.UsedSlots + suffixes.Max(static ids => ids.Length) + newTokens);
        try
        {
            return (cache, Forward(suffixes, null, cache));
        }
        catch
        {
            cache.Dispose();
            throw;
        }
    }

    private KeyValueCache NewCache(int rows, int capacity) =>
        new(model.Config.Text, rows, capacity, model.ComputeDtype, model.Device);

    private Tensor Forward(int[][] prompts, Tensor? features, KeyValueCache cache)
    {
        using var scope = NewDisposeScope();
        int width = prompts.Max(static ids => ids.Length);
        var ids = new long[prompts.Length * width];
        Array.Fill(ids, model.Config.PadTokenId);
        var last = new long[prompts.Length];
        for (int row = 0; row < prompts.Length; row++)
        {
            for (int column = 0; column < prompts[row].Length; column++)
            {
                ids[(row * width) + column] = prompts[row][column];
            }

            last[row] = (row * width) + prompts[row].Length - 1;
        }

        int[] counts = [.. prompts.Select(static ids => ids.Length)];
        Tensor batch = tensor(ids, [prompts.Length, width]);
        return model.Forward(batch, counts, features, cache, tensor(last, device: model.Device)).MoveToOuterDisposeScope();
    }

    private static Tensor? Features(GenerationRequest[] requests)
    {
        Tensor[] features = [.. requests.Select(static request => request.VisionFeatures).OfType<Tensor>()];
        return features.Length == 0 ? null : cat(features, 0);
    }
}
