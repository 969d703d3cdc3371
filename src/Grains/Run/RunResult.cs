using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;

namespace NSft.Grains.Run;

/// <summary>Publishes the result of a run that its cluster writes, or removes what is left of it.</summary>
internal static class RunResult
{
    /// <summary>Puts a complete result in its place; removes the staging directory of any other end.</summary>
    /// <returns>Why it could not be published; null when it was, or there was nothing to publish.</returns>
    internal static Failure? Settle(RunState state, IReadOnlyList<StepMessage> steps, string output)
    {
        var staging = state.Request!.StagingDirectory;
        try
        {
            if (!Directory.Exists(staging))
            {
                return state.Phase == RunPhase.Completed && !Directory.Exists(output)
                    ? new Failure(FailureKind.Coordinator, $"{staging}: the written result is gone")
                    : null;
            }

            if (state.Phase == RunPhase.Completed)
            {
                using var writer = new StreamWriter(Path.Combine(staging, StepLogWriter.FileName)) { NewLine = "\n" };
                foreach (var step in steps)
                {
                    writer.WriteLine(StepRecords.From(step).ToJson());
                }

                writer.Close();
                StagedDirectory.Publish(staging, output);
            }
            else
            {
                Directory.Delete(staging, recursive: true);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Failure(FailureKind.UserInput, $"{output}: the result cannot be published: {exception.Message}; it is in {staging}");
        }
    }
}
