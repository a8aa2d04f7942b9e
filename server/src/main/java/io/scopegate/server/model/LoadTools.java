package io.scopegate.server.model;

import io.scopegate.inference.SessionFactory;
import io.scopegate.server.frame.ServerClock;
import java.util.concurrent.Executor;

/**
 * What all models are loaded with.
 *
 * @param sessions opens their networks
 * @param room in memory
 * @param pins kept over a restart
 * @param clock the server's
 * @param closer runs what closes networks that are no longer used
 */
record LoadTools(SessionFactory sessions, LoadRoom room, PinFile pins, ServerClock clock, Executor closer) {}
