using NSft.Training;

namespace NSft.Client.Quickstart;

/// <summary>A method that the quickstart trains.</summary>
/// <param name="Method">Short name.</param>
/// <param name="Title">Name for a reader.</param>
/// <param name="Objective">What it minimises.</param>
/// <param name="LearningRate">Its peak learning rate.</param>
internal sealed record TrainedMethod(string Method, string Title, ObjectiveKind Objective, double LearningRate);
