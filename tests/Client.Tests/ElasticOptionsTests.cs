namespace NSft.Client.Tests;

/// <summary>Options of elastic runs that contradict each other or the disk; said before anything starts.</summary>
public sealed class ElasticOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task MinWorkers_MoreThanWorkers_IsRefused() =>
        (await TrainAsync("--workers", "2", "--min-workers", "3")).IsUserError("--min-workers 3", "--workers 2");

    [Fact]
    public async Task Resume_WithoutCheckpoints_NamesTheFolder() => (await TrainAsync("--resume")).IsUserError("--resume", "out.checkpoints");

    [Fact]
    public async Task StepDeadline_Negative_IsRefused() => (await TrainAsync("--step-deadline", "-1")).IsUserError("--step-deadline");

    [Fact]
    public async Task Name_Last_IsRefused() => (await TrainAsync("--detach", "--name", "last")).IsUserError("--name");

    [Fact]
    public async Task Detach_NoSilos_SaysHowToStartThem() =>
        (await TrainAsync("--detach", "--state", _folder.At("state"))).IsUserError(_folder.At("state"), "nsft up");

    [Theory]
    [InlineData("runs")]
    [InlineData("status")]
    [InlineData("watch")]
    [InlineData("events")]
    [InlineData("pause")]
    public async Task RunVerb_NoSilos_SaysHowToStartThem(string verb) =>
        (await ConsoleProcess.RunAsync(verb, "--state", _folder.At("state"))).IsUserError(_folder.At("state"), "nsft up");

    [Fact]
    public async Task Logs_None_NamesTheFolder() => (await ConsoleProcess.RunAsync("logs", "--state", _folder.Path)).IsUserError(_folder.Path, "no logs");

    [Fact]
    public async Task Silos_None_SaysSo()
    {
        ConsoleResult result = await ConsoleProcess.RunAsync("silos", "--state", _folder.Path, "--json");
        Assert.Empty(result.Json().GetProperty("silos").EnumerateArray());
    }

    [Fact]
    public async Task Down_None_IsNoError()
    {
        ConsoleResult result = await ConsoleProcess.RunAsync("down", "--state", _folder.Path, "--json");
        Assert.Empty(result.Json().GetProperty("ended").EnumerateArray());
    }

    private Task<ConsoleResult> TrainAsync(params string[] more) => ConsoleProcess.RunAsync([
        "train", "--model", Fixture.Model, "--tokenizer", Fixture.Tokenizer, "--images", Fixture.Tiny("images"), "--template", "scenes", "--objective", "sft",
        "--data", _folder.Write("pairs.jsonl", """{"image": "0.png", "question": "Is it?", "chosen": "Yes.", "rejected": "No."}"""), "--out", _folder.At("out"), .. more]);
}
