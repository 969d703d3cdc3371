namespace NSft.Client.Quickstart;

/// <summary>The quickstart's result as the one JSON object.</summary>
internal static class QuickstartJson
{
    /// <summary>The object to write.</summary>
    public static object From(QuickstartResult result, string report) => new
    {
        Methods = result.Methods.Select(Row),
        Construction = new
        {
            Pairs = result.Construction.Summary.PairCount,
            Turns = result.Construction.Summary.TurnCount,
            result.Construction.Summary.YesShare,
            result.Construction.Summary.ErrorsByKind,
            Seconds = result.Construction.Duration.TotalSeconds,
        },
        Workers = result.Shape.WorkerCount,
        result.Shape.Epochs,
        result.Shape.GlobalBatch,
        Report = report,
        Seconds = result.Duration.TotalSeconds,
    };

    private static object Row(MethodResult row) => new
    {
        row.Method,
        row.LearningRate,
        row.Chair.ChairI,
        row.Chair.ChairS,
        row.Chair.Recall,
        row.Pope,
        PopeMeanAccuracy = row.MeanPopeAccuracy,
        YesRatio = row.MeanYesRatio,
        Vqa = row.Vqa.Accuracy,
        row.PeakExtraBytes,
        TrainingSeconds = row.TrainingTime.TotalSeconds,
        EvaluationSeconds = row.EvaluationTime.TotalSeconds,
        FinalLoss = row.Steps.Count > 0 ? row.Steps[^1].Loss : (double?)null,
    };
}
