using System.Diagnostics;
using NSft.Client.Processes;
using NSft.Collectives;

namespace NSft.Client.Tests.Processes;

public sealed class SiloRecordsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Living_NoDirectory_IsEmpty() => Assert.Empty(new SiloRecords(_folder.At("none")).Living());

    [Fact]
    public void Write_ThenLiving_GivesTheSameRecord()
    {
        SiloRecords records = new(_folder.Path);
        SiloRecord record = Record("silo-1", ProcessIdentity.Current) with { Silo = "127.0.0.1:1@2", State = SiloProcessState.Active, Log = "a log" };
        records.Write(record);
        Assert.Equal(record, Assert.Single(records.Living()));
    }

    [Fact]
    public void Living_DeadProcess_IsLeftOutAndItsRecordRemoved()
    {
        SiloRecords records = new(_folder.Path);
        records.Write(Record("silo-1", ProcessIdentity.Current with { StartTicks = 1 }));
        Assert.Empty(records.Living());
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "processes"), "*.json"));
    }

    [Fact]
    public void Living_Names_AreInTheOrderOfTheirNumbers()
    {
        SiloRecords records = new(_folder.Path);
        foreach (int number in new[] { 10, 2, 1 })
        {
            records.Write(Record($"silo-{number}", ProcessIdentity.Current));
        }

        Assert.Equal(["silo-1", "silo-2", "silo-10"], records.Living().Select(record => record.Name));
    }

    [Fact]
    public void Living_DamagedRecord_NamesTheFile()
    {
        Directory.CreateDirectory(_folder.At("processes"));
        File.WriteAllText(Path.Combine(_folder.At("processes"), "silo-1.json"), "{");
        Assert.Contains("silo-1.json", Assert.Throws<UserInputException>(() => new SiloRecords(_folder.Path).Living()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakeName_None_GivesTheLowestFreeNumber()
    {
        SiloRecords records = new(_folder.Path);
        records.Write(Record("silo-1", ProcessIdentity.Current));
        records.Write(Record("silo-3", ProcessIdentity.Current));
        SiloRecord taken = await records.TakeNameAsync(null, name => Task.FromResult(Record(name, ProcessIdentity.Current)), TestContext.Current.CancellationToken);
        Assert.Equal("silo-2", taken.Name);
    }

    [Fact]
    public async Task TakeName_OfALivingProcess_IsRefused()
    {
        using Process other = Process.Start("sleep", "60");
        try
        {
            SiloRecords records = new(_folder.Path);
            records.Write(Record("mine", ProcessIdentity.Of(other.Id)!));
            UserInputException error = await Assert.ThrowsAsync<UserInputException>(() => records.TakeNameAsync(
                "mine", name => Task.FromResult(Record(name, ProcessIdentity.Current)), TestContext.Current.CancellationToken));
            Assert.Contains($"{other.Id}", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            other.Kill();
        }
    }

    [Fact]
    public async Task TakeName_ManyAtOnce_GivesEachItsOwn()
    {
        SiloRecord[] taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => new SiloRecords(_folder.Path).TakeNameAsync(
            null, name => Task.FromResult(Record(name, ProcessIdentity.Current)), TestContext.Current.CancellationToken)));
        Assert.Equal(8, taken.Select(record => record.Name).Distinct().Count());
    }

    [Fact]
    public void Remove_NameOfAnotherByNow_KeepsTheOthersRecord()
    {
        SiloRecords records = new(_folder.Path);
        records.Write(Record("silo-1", ProcessIdentity.Current));
        records.Remove(Record("silo-1", ProcessIdentity.Current with { StartTicks = 1 }));
        Assert.Single(records.Living());
    }

    private static SiloRecord Record(string name, ProcessIdentity process) => new() { Name = name, Process = process };
}
