Console.Error.WriteLine("nsft-silo");
