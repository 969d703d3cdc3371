using System.Globalization;
using NSft.Data.Construction.Language;
using NSft.Grains.Hosting;

namespace NSft.Client.Output;

/// <summary>Tells what a construction would ask and cost.</summary>
internal static class ConstructionEstimateLines
{
    /// <summary>Writes it as one JSON object, or as lines for a reader.</summary>
    public static void Write(ConstructionEstimate estimate, bool asJson)
    {
        LanguageEstimate language = estimate.Language;
        if (asJson)
        {
            ConsoleOutput.WriteJson(new
            {
                DryRun = true,
                Pairs = estimate.PairCount,
                estimate.RulePairs,
                estimate.StoredPairs,
                estimate.RepeatedPairs,
                language.Requests,
                language.PromptTokens,
                language.CompletionTokens,
                language.MostRequests,
                language.MostPromptTokens,
                language.MostCompletionTokens,
                estimate.ExpectedCost,
                estimate.MostCost,
            });
            return;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{estimate.PairCount} pairs: {estimate.RulePairs} by rules, {estimate.StoredPairs} answers are stored, {estimate.RepeatedPairs} repeat an earlier pair, {language.Requests} requests to send"));
        if (language.Requests == 0)
        {
            return;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"about {language.PromptTokens} tokens sent and {language.CompletionTokens} received; at most {language.MostRequests} requests, {language.MostPromptTokens} and {language.MostCompletionTokens} tokens"));
        Console.Out.WriteLine(estimate.ExpectedCost is decimal cost
            ? string.Create(CultureInfo.InvariantCulture, $"cost: about {cost:0.00####}, at most {estimate.MostCost:0.00####}")
            : "cost: give --price-in and --price-out for a million tokens");
        Console.Out.WriteLine("estimated from " + LanguageEstimate.Method);
    }
}
